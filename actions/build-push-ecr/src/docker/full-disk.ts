/** What programs say where a disk is full: the system's words, or those of npm. */
export const FULL_DISK: RegExp = /no space left on device|\bENOSPC\b/i

export const FREE_THE_DISK =
  'free it before this step (docker system prune --all --force, tools that are not needed), or use a larger runner.'
