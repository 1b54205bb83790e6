/** How many tasks a service may have too few or too many of during a deployment. */
export interface Limits {
  /** Tasks that must stay running and healthy. */
  minimum: number
  /** Tasks that may run or be about to. */
  maximum: number
}

/**
 * The two percentages as counts: the minimum is rounded up, the maximum down.
 * Source: ECS API Reference, "DeploymentConfiguration".
 */
export function limits(
  desired: number,
  percent: { minimumHealthyPercent: number; maximumPercent: number },
): Limits {
  return {
    minimum: Math.ceil((desired * percent.minimumHealthyPercent) / 100),
    maximum: Math.floor((desired * percent.maximumPercent) / 100),
  }
}
