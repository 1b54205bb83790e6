/** What the roles of the environment prod reach beyond it, by role and statement, with the reason. */

type Reach = Readonly<Record<string, { why: string; arns: readonly string[] }>>

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:123456789012:${resource}`
const network = [
  'elastic-ip',
  'internet-gateway',
  'natgateway',
  'network-interface',
  'route-table',
  'security-group',
  'security-group-rule',
  'subnet',
  'vpc',
  'vpc-endpoint',
].map((type) => arn('ec2', `${type}/*`))

const repositories = [arn('ecr', 'repository/example-app'), arn('ecr', 'repository/example-app-cache')]
const states = ['network', 'service'].map((stack) => `arn:aws:s3:::octo-state/${stack}/prod.tfstate`)
const zone = 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ'
const certificates = arn('acm', 'certificate/*')
const scalable = arn('application-autoscaling', 'scalable-target/*')

const state: Reach = {
  FindState: {
    why: 'the bucket holds every state; its keys are listed, not read',
    arns: ['arn:aws:s3:::octo-state'],
  },
  LockState: { why: 'named by environment within its last part', arns: states.map((key) => `${key}.tflock`) },
  StateKey: {
    why: 'the key that the caller named, through S3 alone',
    arns: [arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab')],
  },
}

const read: Reach = {
  ReadVpcSettings: { why: 'EC2 gives ids, not names; a look', arns: [arn('ec2', 'vpc/*')] },
  ReadService: { why: 'Application Auto Scaling gives ids, not names; a look at tags', arns: [scalable] },
  ReadDatabases: { why: 'the provider looks for an instance by its resource id', arns: [arn('rds', 'db:*')] },
  ReadRoles: {
    why: 'one for the account',
    arns: ['arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'],
  },
  ReadDomain: {
    why: 'the zone is what the caller named; certificates and changes have ids, not names',
    arns: [zone, certificates, 'arn:aws:route53:::change/*'],
  },
}

const release: Reach = {
  LookAtImages: { why: 'one image is released to all environments', arns: repositories },
}

/** In the order of the README; `*` alone is held to a list of its own there. */
export const beyond: Readonly<Record<string, Reach>> = {
  build: { PushImage: { why: 'the repository of every environment, and its cache', arns: repositories } },
  plan: { ...state, ReadState: { why: 'named by environment within its last part', arns: states }, ...read },
  apply: {
    ...state,
    WriteState: { why: 'named by environment within its last part', arns: states },
    ...read,
    Service: { why: 'Application Auto Scaling gives ids, not names: the README says so', arns: [scalable] },
    Certificate: { why: 'ACM gives ids, not names: the README says so', arns: [certificates] },
    DomainRecords: { why: 'what the caller named', arns: [zone] },
    DatabaseSecret: {
      why: 'RDS names it, beginning with rds!',
      arns: [arn('secretsmanager', 'secret:rds!*')],
    },
    DatabaseSecretKey: { why: 'narrowed by the alias of the key', arns: [arn('kms', 'key/*')] },
    ServiceLinkedRoles: {
      why: 'an account has one for each service of AWS, whatever the environments: the README says so',
      arns: ['ecs', 'ecs.application-autoscaling', 'elasticloadbalancing', 'rds'].map(
        (service) => `arn:aws:iam::123456789012:role/aws-service-role/${service}.amazonaws.com/*`,
      ),
    },
    MakeNetwork: { why: 'what is made has no tag yet: the README says so', arns: network },
    NameEndpoints: {
      why: 'the zone is of AWS: the README says so',
      arns: ['arn:aws:route53:::hostedzone/*'],
    },
    TagWhatIsMade: { why: 'narrowed by the call that makes and the tag', arns: network },
    TagGroupsWithoutTag: {
      why: 'narrowed to what has no tag yet: the README says so',
      arns: network.filter((type) => type.includes('security-group')),
    },
    ChangeNetwork: { why: 'narrowed by the tag', arns: network },
    ChangeRules: { why: 'their group is narrowed by the tag', arns: [arn('ec2', 'security-group-rule/*')] },
    DetachNetwork: { why: 'what AWS attached has no tag: the README says so', arns: network },
  },
  deploy: release,
  operate: release,
}
