export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** The CloudWatch alarms of the account as far as ECS asks for them: their states. There is no API to them and no metric behind them. */
export interface Alarms {
  /** Creates the alarm or moves it to another state. */
  set(name: string, state: AlarmState): void
  /** Those of the names whose alarm is in ALARM. */
  firing(names: readonly string[]): string[]
}

export function alarms(): Alarms {
  const states = new Map<string, AlarmState>()
  return {
    set: (name, state) => void states.set(name, state),
    firing: (names) => names.filter((name) => states.get(name) === 'ALARM'),
  }
}
