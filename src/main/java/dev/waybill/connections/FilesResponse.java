package dev.waybill.connections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listing of the files in a folder of a connection. */
@Schema(name = "ConnectionFileListResponse", description = "The files in a folder of a connection.")
record FilesResponse(
        @Schema(description = "The files.") List<File> results,

        @Schema(description = "The folder that they are in.", example = "/videos")
        String path,

        @Schema(description = "Whether there may be more of them.", example = "false")
        boolean truncated) {

    /** A file. */
    @Schema(name = "ConnectionFile", description = "A file.")
    record File(
            @Schema(description = "What it is known by.", example = "raw-footage/videos/intro.mp4")
            String id,

            @Schema(description = "Its name.", example = "intro.mp4")
            String name,

            @Schema(description = "Where it is.", example = "/videos/intro.mp4")
            String path,

            @Schema(
                    description = "What the provider says that it is, else what its name suggests.",
                    example = "video/mp4")
            String mimeType,

            @Schema(description = "Its size in bytes.", example = "1048576")
            long size,

            @Schema(description = "When it was changed, by the provider.", example = "2026-11-27T09:30:00Z") @Nullable
            Instant modifiedAt) {}
}
