package dev.waybill.uploads.verification;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of uploads, under {@code waybill.uploads}.
 *
 * @param backgroundFrom files of this size and more are confirmed by a task
 * @param hashInlineUpTo files up to this size are read back during the request when their hash must be verified; bigger
 *     ones by a task
 * @param expiryGrace how long an expired upload can still be confirmed before it fails; until 5 minutes before that its
 *     URL can be renewed
 * @param downloadLifetime how long presigned download URLs work
 * @param parallelChecks how many of a batch's files are verified in storage at once
 */
@Validated
@ConfigurationProperties("waybill.uploads")
public record UploadProperties(
        @DefaultValue("100MB") @NotNull DataSize backgroundFrom,
        @DefaultValue("16MB") @NotNull DataSize hashInlineUpTo,
        @DefaultValue("1h") @NotNull Duration expiryGrace,
        @DefaultValue("1h") @NotNull Duration downloadLifetime,
        @DefaultValue("32") @Min(1) @Max(256) int parallelChecks) {}
