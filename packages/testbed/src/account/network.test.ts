import { expect, test } from 'vitest'
import { type Endpoint, network, type Subnet } from './network.ts'

const placement = { subnet: 'subnet-1', securityGroups: ['sg-1'], publicAddress: false }

test.each<[string, Subnet, boolean, Endpoint, boolean]>([
  ['a subnet that nobody described', {}, false, 'ecr', true],
  ['a NAT gateway', { route: 'nat-gateway' }, false, 'ssm', true],
  ['an internet gateway without a public address', { route: 'internet-gateway' }, false, 'ecr', false],
  ['an internet gateway with a public address', { route: 'internet-gateway' }, true, 'ecr', true],
  ['a public address without a way', { route: 'none' }, true, 'ecr', false],
  ['its endpoint', { route: 'none', endpoints: ['ecr'] }, false, 'ecr', true],
  ['the endpoint of another service', { route: 'none', endpoints: ['ecr'] }, false, 'secretsmanager', false],
])('with %s', (_, settings, publicAddress, endpoint, reached) => {
  const vpc = network()
  vpc.subnet('subnet-1', settings)
  expect(vpc.reaches({ ...placement, publicAddress }, endpoint)).toBe(reached)
})

test('a subnet has as many addresses as it has, and gets them back', () => {
  const vpc = network()
  vpc.subnet('subnet-1', { freeAddresses: 1 })
  expect(vpc.attach('127.0.0.2', placement)).toBe('attached')
  expect(vpc.attach('127.0.0.3', placement)).toBe('no-address')
  expect(vpc.attach('127.0.0.4', { ...placement, subnet: 'subnet-2' })).toBe('attached')
  vpc.detach('127.0.0.2')
  expect(vpc.attach('127.0.0.3', placement)).toBe('attached')
})

test('an interface in a stalled subnet never comes', () => {
  const vpc = network()
  vpc.subnet('subnet-1', { stalled: true })
  expect(vpc.attach('127.0.0.2', placement)).toBe('stalled')
})

test('one open security group is enough, and one without rules keeps all out', () => {
  const vpc = network()
  vpc.attach('127.0.0.2', { ...placement, securityGroups: ['sg-1', 'sg-2'] })
  vpc.attach('127.0.0.3', placement)
  vpc.closeSecurityGroup('sg-1')
  expect(['127.0.0.2', '127.0.0.3', '127.0.0.4'].map(vpc.letsIn)).toEqual([true, false, true])
  vpc.openSecurityGroup('sg-1')
  expect(vpc.letsIn('127.0.0.3')).toBe(true)
})
