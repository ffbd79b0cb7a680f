package dev.waybill.connections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that creates a connection. */
@Schema(name = "StorageConnectionCreateRequest", example = """
                {"name": "Raw footage", "provider_type": "s3", "provider_config": {"provider_type": "s3", \
                "bucket_name": "raw-footage", "region": "eu-central-1", "credentials": {"type": "access_key", \
                "access_key_id": "AKIAIOSFODNN7EXAMPLE", \
                "secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}, "test_before_save": false}""")
record ConnectionCreateRequest(
        @Schema(
                description = "Unique in the organization: 1 to 100 characters, not beginning with `conn_`, as ids do.",
                minLength = 1,
                maxLength = 100,
                example = "Raw footage",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String name,

        @Schema(
                description =
                        "The provider: `s3`, `gcs`, `azure_blob`, `r2`, `backblaze`, `wasabi`, `tigris`, `supabase`,"
                                + " `box` or `mux`. A client that knows fewer names sends `s3` and names the provider in `provider_config`.",
                example = "s3",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String providerType,

        @Schema(
                description = "The provider's settings and `credentials`. Secrets are encrypted, and never told again.",
                example = ConnectionCreateRequest.CONFIG,
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        Map<String, Object> providerConfig,

        @Schema(description = "What it is for, at most 500 characters.", maxLength = 500, example = "The film crew's")
        @Nullable
        String description,

        @Schema(description = "Whatever you like to keep with it.", example = "{\"team\": \"film\"}") @Nullable
        Map<String, Object> metadata,

        @Schema(
                description = "Whether it is tested first; one that does not work is not saved. Default true.",
                example = "true")
        @Nullable
        Boolean testBeforeSave) {

    static final String CONFIG = """
            {"provider_type": "s3", "bucket_name": "raw-footage", "region": "eu-central-1", "credentials": \
            {"type": "access_key", "access_key_id": "AKIAIOSFODNN7EXAMPLE", \
            "secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}""";

    /** The validated request. */
    record Checked(String providerType, Map<String, Object> settings, ConnectionCreation.Wanted wanted) {

        /** Settings hold secrets. */
        @Override
        public String toString() {
            return "Checked[" + providerType + "]";
        }
    }

    Checked read() {
        ConnectionRules rules = new ConnectionRules();
        rules.name(name, true);
        rules.provider(providerType);
        rules.settings(providerConfig, true);
        rules.description(description);
        rules.metadata(metadata);
        rules.refuse();
        return new Checked(
                String.valueOf(providerType),
                providerConfig == null ? Map.of() : providerConfig,
                new ConnectionCreation.Wanted(
                        String.valueOf(name),
                        description == null || description.isEmpty() ? null : description,
                        metadata == null ? Map.of() : metadata,
                        testBeforeSave == null || testBeforeSave));
    }

    /** Settings hold secrets. */
    @Override
    public String toString() {
        return "ConnectionCreateRequest[" + providerType + "]";
    }
}
