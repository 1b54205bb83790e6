import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { root } from '../repository.ts'

/** A copy of example-infra that a test may initialise, change and throw away. */
export interface Workspace extends Disposable {
  /** Path of the copy, which stands for example-infra. */
  folder: string
  /** Path of a stack or module in it, such as `stacks/network`. */
  path(name: string): string
}

/** The version of the provider that the stacks are tested with; their own range is wider. */
export const PROVIDER = '5.100.0'

/** Copies example-infra, or a copy of it with its modules installed, without providers and states. */
export function workspace(from: string = join(root, 'example-infra')): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'example-infra-'))
  cpSync(from, folder, {
    recursive: true,
    filter: (path) => !['providers', 'terraform.tfstate'].includes(basename(path)),
  })
  return {
    folder,
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Pins the provider of a stack or module to the tested version, by an override file as Terraform reads them. */
export function pinProvider(path: string): void {
  const version = JSON.stringify(PROVIDER)
  const text = `terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ${version}\n    }\n  }\n}\n`
  writeFileSync(join(path, 'provider_override.tf'), text)
}

/** Keeps the state of a stack beside its files instead of in S3. */
export function keepStateLocally(path: string): void {
  writeFileSync(join(path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n')
}
