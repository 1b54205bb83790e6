export * from './environment.ts'
export * from './exec.ts'
