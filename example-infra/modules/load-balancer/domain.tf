resource "aws_acm_certificate" "this" {
  for_each = local.domains

  domain_name       = each.key
  validation_method = "DNS"

  # A listener holds the old certificate until it has the new one.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = local.domains

  zone_id = each.value.zone_id
  name    = one(aws_acm_certificate.this[each.key].domain_validation_options).resource_record_name
  type    = one(aws_acm_certificate.this[each.key].domain_validation_options).resource_record_type
  records = [one(aws_acm_certificate.this[each.key].domain_validation_options).resource_record_value]
  ttl     = 300

  # ACM asks for the same record again when the certificate is made anew.
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  for_each = local.domains

  certificate_arn         = aws_acm_certificate.this[each.key].arn
  validation_record_fqdns = [aws_route53_record.validation[each.key].fqdn]
}

resource "aws_route53_record" "alias" {
  for_each = local.domains

  zone_id = each.value.zone_id
  name    = each.key
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}
