package dev.waybill.webhooks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of webhooks, under {@code waybill.webhooks}.
 *
 * @param secretOverlap how long a rotated secret still signs, unless the request overrides it
 * @param maxPerOrganization webhooks that an organization may have
 */
@Validated
@ConfigurationProperties("waybill.webhooks")
record WebhookProperties(
        @DefaultValue("24h") @DurationMin(millis = 0) Duration secretOverlap,
        @DefaultValue("100") @Min(1) @Max(10_000) int maxPerOrganization) {}
