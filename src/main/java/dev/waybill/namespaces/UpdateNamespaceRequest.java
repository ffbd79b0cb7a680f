package dev.waybill.namespaces;

import dev.waybill.platform.json.Change;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request body to update a namespace; absent fields stay unchanged. */
@Schema(example = "{\"namespace_name\": \"production-eu\"}")
record UpdateNamespaceRequest(
        @Schema(description = "A new name; null leaves the old one.", pattern = NamespaceRules.NAME_FORM) @Nullable
        String namespaceName,

        @Schema(
                implementation = PayloadIndexRequest[].class,
                description = "Takes the place of all indexes; null removes them.")
        @Nullable
        Change<List<@Nullable PayloadIndexRequest>> payloadIndexes) {

    NamespaceChange read() {
        return new PatchNamespaceRequest(namespaceName, null, payloadIndexes, null, null).read();
    }
}
