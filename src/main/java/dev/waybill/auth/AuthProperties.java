package dev.waybill.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param bootstrapApiKey the operator's key, made at start-up when it is absent; null or empty for none
 * @param keyCacheTtl how long an instance believes what it read of a key. At most 4 s, because a revoked key must be
 *     dead everywhere within 5
 * @param rateLimit requests per window
 */
@Validated
@ConfigurationProperties("waybill.auth")
public record AuthProperties(
        @Nullable Secret bootstrapApiKey,

        @DefaultValue("4s") @DurationMin(millis = 0) @DurationMax(seconds = 4)
        Duration keyCacheTtl,

        @DefaultValue @Valid RateLimit rateLimit) {

    private static final Pattern FORM = Pattern.compile("sk_[A-Za-z0-9_-]{24,200}");

    public AuthProperties {
        if (bootstrapApiKey != null && bootstrapApiKey.value().isBlank()) {
            bootstrapApiKey = null;
        }
    }

    @AssertTrue(
            message = "waybill.auth.bootstrap-api-key (WAYBILL_BOOTSTRAP_API_KEY) must start with sk_ and go on with"
                    + " 24 to 200 letters, digits, - or _; take random ones")
    boolean isBootstrapApiKeyWellFormed() {
        return bootstrapApiKey == null || FORM.matcher(bootstrapApiKey.value()).matches();
    }

    /**
     * Requests that an organization of each plan may make in one window.
     *
     * @param window one second or more
     */
    public record RateLimit(
            @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(days = 1)
            Duration window,

            @DefaultValue("600") @Min(1) int free,
            @DefaultValue("6000") @Min(1) int pro,
            @DefaultValue("60000") @Min(1) int enterprise) {

        /** For an organization of that plan. */
        public int of(Plan plan) {
            return switch (plan) {
                case FREE -> free;
                case PRO -> pro;
                case ENTERPRISE -> enterprise;
            };
        }
    }
}
