package dev.waybill.projects;

import dev.waybill.platform.json.Change;
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

/** Body of the change of a project; what is left out stays. */
@Schema(example = "{\"status\": \"closed\"}")
record ProjectUpdateRequest(
        @Nullable
        @PlainName
        @Size(min = 1, max = 200)
        @Schema(description = "What people call it.", example = "Spring campaign")
        String name,

        @Nullable
        @Size(min = 1, max = 20_000)
        @Schema(description = "What agents are asked for.", example = "A lighthouse in the style of a woodcut")
        String prompt,

        @Nullable
        @Size(max = 50)
        @Schema(
                description = "Takes the place of the former types; empty: any.",
                example = "[\"image/png\", \"image/jpeg\"]")
        List<@NotNull @Pattern(regexp = ProjectCreateRequest.ACCEPTED_TYPE) String> acceptedTypes,

        @Nullable
        @Schema(
                description =
                        "From when on no submission is begun and no file announced. Null takes the deadline away.",
                type = "string",
                format = "date-time",
                example = "2030-01-01T00:00:00Z")
        Change<Instant> deadline,

        @Nullable
        @Min(1)
        @Max(ObjectStorage.MAX_PUT_BYTES)
        @Schema(description = "The largest file in bytes.", example = "10485760")
        Long maxFileSizeBytes,

        @Nullable
        @Size(max = 100)
        @Schema(
                description = "Takes the place of the former agents; empty: all of the organization's.",
                example = "[\"agt_0VXsK2aQ3nB8xYz1\"]")
        List<@NotNull String> agentIds,

        @Nullable @Schema(description = "`closed` takes no submissions until it is `open` again.", example = "closed")
        ProjectStatus status) {}
