package dev.waybill.projects;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Body of the creation of a project. */
@Schema(example = """
                {"name": "Spring campaign", "prompt": "A lighthouse in the style of a woodcut", "accepted_types": \
                ["image/*"], "deadline": "2030-01-01T00:00:00Z"}""")
record ProjectCreateRequest(
        @NotNull
        @PlainName
        @Size(min = 1, max = 200)
        @Schema(description = "What people call it.", example = "Spring campaign")
        String name,

        @NotNull
        @Size(min = 1, max = 20_000)
        @Schema(description = "What agents are asked for.", example = "A lighthouse in the style of a woodcut")
        String prompt,

        @Nullable
        @Size(max = 50)
        @Schema(
                description = "Media types of files: exact ones (`image/png`), or whole kinds (`image/*`). Kinds are"
                        + " what a bucket's properties of type image, video, audio and text take: sound alone is no video,"
                        + " whatever it is called, and `text/*` is all that is written as text, JSON and XML too. Left out"
                        + " or empty: any.",
                example = "[\"image/*\"]")
        List<@NotNull @Pattern(regexp = ACCEPTED_TYPE) String> acceptedTypes,

        @Nullable
        @Schema(
                description = "From when on no submission is begun and no file announced; must lie ahead. Left out:"
                        + " never.",
                example = "2030-01-01T00:00:00Z")
        Instant deadline,

        @Nullable
        @Min(1)
        @Max(ObjectStorage.MAX_PUT_BYTES)
        @Schema(
                description =
                        "The largest file in bytes. Left out: what the organization's plan allows, at most 5 GiB.",
                example = "10485760")
        Long maxFileSizeBytes,

        @Nullable
        @Size(max = 100)
        @Schema(
                description = "The only agents that may submit, by id. Left out or empty: all of the organization's.",
                example = "[\"agt_0VXsK2aQ3nB8xYz1\"]")
        List<@NotNull String> agentIds) {

    static final String ACCEPTED_TYPE =
            "\\*/\\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/(\\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126})";

    List<String> acceptedTypesOrAny() {
        return acceptedTypes == null ? List.of() : acceptedTypes;
    }

    List<String> agentIdsOrAll() {
        return agentIds == null ? List.of() : agentIds;
    }
}
