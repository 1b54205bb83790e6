/** What was seen of a service deployment when it was looked at for the last time. */
export type Sight =
  | Unended
  /** None was started, and that of before has completed. */
  | { kind: 'unneeded' }

/** A deployment that was to be followed to its end. */
export type Unended =
  /** A ServiceDeploymentStatus, or a word that AWS has added since. */
  | { kind: 'seen'; status: string }
  /** ECS did not list it in time. */
  | { kind: 'unlisted' }
  /** ECS lists it, and did not once answer what became of it. */
  | { kind: 'undescribed' }
