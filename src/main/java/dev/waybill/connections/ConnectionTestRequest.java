package dev.waybill.connections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that tests settings without storing them; the other fields of a connection may be sent along. */
@Schema(name = "StorageConnectionTestRequest", example = """
                {"provider_type": "s3", "provider_config": {"provider_type": "s3", "bucket_name": "raw-footage", \
                "region": "eu-central-1", "credentials": {"type": "access_key", \
                "access_key_id": "AKIAIOSFODNN7EXAMPLE", \
                "secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}}""")
record ConnectionTestRequest(
        @Schema(description = "The provider.", example = "s3", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String providerType,

        @Schema(
                description = "The provider's settings and `credentials`.",
                example = ConnectionCreateRequest.CONFIG,
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        Map<String, Object> providerConfig) {

    /** The validated request. */
    record Checked(String providerType, Map<String, Object> settings) {

        /** Settings hold secrets. */
        @Override
        public String toString() {
            return "Checked[" + providerType + "]";
        }
    }

    Checked read() {
        ConnectionRules rules = new ConnectionRules();
        rules.provider(providerType);
        rules.settings(providerConfig, true);
        rules.refuse();
        return new Checked(String.valueOf(providerType), providerConfig == null ? Map.of() : providerConfig);
    }

    /** Settings hold secrets. */
    @Override
    public String toString() {
        return "ConnectionTestRequest[" + providerType + "]";
    }
}
