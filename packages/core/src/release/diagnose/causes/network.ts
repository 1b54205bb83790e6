import type { Finding } from '../../finding.ts'
import { parseImage, privateRegistry } from '../../preflight/image-reference.ts'
import { ownNetwork, type Scene } from '../observed.ts'
import { findingsIn, imagesIn, type Reason, reasonsOf } from '../reasons.ts'
import { finding } from '../texts/finding-text.ts'
import { networkInterface, noRoute } from '../texts/network.ts'

/** Tasks that got no network interface, or got nowhere with it. */
export function networkFailures(scene: Scene): Finding[] {
  return findingsIn(
    reasonsOf(scene),
    (reason) => interfaceFailure(scene, reason) ?? unreachable(scene, reason),
  )
}

/** Source: Developer Guide, "CannotPullContainer task errors", the fragments that mean the network. */
const silence =
  /connection issue between the task and|dial (tcp|udp)|i\/o timeout|TLS handshake timeout|request canceled while waiting|connection timed out|Client\.Timeout exceeded|RequestError: send request failed|RequestCanceled|context deadline exceeded|Check your (task )?network configuration|signal: killed/

function unreachable(scene: Scene, reason: Reason): Finding | undefined {
  const { text } = reason
  if (
    !/^(CannotPull(Container|ImageManifest)Error|ResourceInitializationError)/.test(text) ||
    !silence.test(text)
  )
    return undefined
  // Volumes have ways of their own to be out of reach.
  if (text.includes('EFS')) return undefined
  const { endpoint, services } = destination(scene, reason)
  const network = ownNetwork(scene)
  const values = {
    endpoint,
    subnets: subnetsOf(scene),
    groups: network?.securityGroups.join(', ') || 'of the tasks',
  }
  if (services === undefined) return finding(noRoute, noRoute.cases.registry, values, [text])
  const { private: inside, public: outside } = noRoute.cases
  return finding(noRoute, network?.publicAddress ? outside : inside, { ...values, services }, [text])
}

interface Destination {
  endpoint: string
  /** The VPC endpoints that lead there; undefined where none does. */
  services: string | undefined
}

function destination(scene: Scene, reason: Reason): Destination {
  const { text } = reason
  if (/validate logger args|CloudWatch/.test(text))
    return { endpoint: 'Amazon CloudWatch Logs', services: 'logs' }
  if (/secret from asm|Secrets Manager/.test(text))
    return { endpoint: 'AWS Secrets Manager', services: 'secretsmanager' }
  if (/secrets from ssm|Systems Manager/.test(text)) {
    return { endpoint: 'the Parameter Store of AWS Systems Manager', services: 'ssm' }
  }
  const hosts = imagesIn(scene, reason).map((image) => parseImage(image)?.host ?? image)
  const elsewhere = hosts.find((host) => privateRegistry(host) === undefined)
  return elsewhere === undefined || text.startsWith('ResourceInitializationError')
    ? { endpoint: 'Amazon ECR', services: 'ecr.api, ecr.dkr and (gateway) s3' }
    : { endpoint: `the registry ${elsewhere}`, services: undefined }
}

/** Source: Developer Guide, "Amazon ECS failed to start task errors". */
function interfaceFailure(scene: Scene, { text }: Reason): Finding | undefined {
  const { cases } = networkInterface
  if (/while attempting to Create Network Interface|InsufficientFreeAddresses/.test(text)) {
    const [, named] = /in subnet '([^']+)/.exec(text) ?? []
    const subnet = named === undefined ? subnetsOf(scene) : `the subnet ${named}`
    return finding(networkInterface, cases.addresses, { subnet }, [text])
  }
  if (
    /network interface provision(ing)?\b.*(timeout|complete)|Timeout waiting for network interface/i.test(
      text,
    )
  ) {
    return finding(networkInterface, cases.timeout, { subnets: subnetsOf(scene) }, [text])
  }
  return /preparing network interface|unused device index|RESOURCE:ENI/.test(text)
    ? finding(networkInterface, cases.attach, {}, [text])
    : undefined
}

export function subnetsOf(scene: Scene): string {
  const subnets = ownNetwork(scene)?.subnets ?? []
  if (subnets.length === 0) return 'the subnets of the service'
  return `the ${subnets.length === 1 ? 'subnet' : 'subnets'} ${subnets.join(', ')}`
}
