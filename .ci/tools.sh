# Tools that are no packages of npm, each at one version: what another one would say is not known. One that is found at another version
# is left as it is, and ours is put beside it.

# version_is PROGRAM VERSION
version_is() {
  command -v "$1" >/dev/null && "$1" --version 2>/dev/null | grep -qE "(^|[ v])${2//./\\.}\$"
}

# go_tool FOLDER NAME VERSION PACKAGE: has PATH find it in FOLDER, unless that version is found already.
go_tool() {
  version_is "$2" "$3" && return
  GOBIN=$1 go install "$4@v$3" || return 1
  hash -r
  version_is "$2" "$3" || { echo "$2 $3 was installed, and $(command -v "$2") is another version" && return 1; }
}

# python_package FOLDER PACKAGE VERSION [EXTRAS]: in an environment of its own.
python_package() {
  [ "$("$1/bin/python" -m pip show "$2" 2>/dev/null | sed -n 's/^Version: //p')" = "$3" ] && return
  python3 -m venv "$1" && "$1/bin/python" -m pip install --quiet --disable-pip-version-check "$2${4:-}==$3"
}

# workflow_tools FOLDER: act, actionlint and zizmor. FOLDER/bin comes first in PATH.
workflow_tools() {
  mkdir -p "$1/bin" || return 1
  go_tool "$1/bin" act 0.2.87 github.com/nektos/act || return 1
  go_tool "$1/bin" actionlint 1.7.12 github.com/rhysd/actionlint/cmd/actionlint || return 1
  version_is zizmor 1.32.0 || {
    python_package "$1/zizmor" zizmor 1.32.0 && ln -sf "$1/zizmor/bin/zizmor" "$1/bin/zizmor" && hash -r
  } || { echo 'zizmor could not be installed from PyPI' && return 1; }
  act --version && actionlint -version && zizmor --version
}
