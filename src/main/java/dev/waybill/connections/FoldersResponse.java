package dev.waybill.connections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Listing of the folders in a folder of a connection. */
@Schema(name = "FolderListResponse", description = "The folders in a folder of a connection.")
record FoldersResponse(
        @Schema(description = "The folders.") List<Folder> results,
        @Schema(description = "The same as `results`.") List<Folder> folders,

        @Schema(description = "The folder that they are in.", example = "/videos")
        String parentPath,

        @Schema(description = "Whether the folder is so full that not all of it was looked at.", example = "false")
        boolean truncated) {

    /** A folder. */
    @Schema(name = "ConnectionFolder", description = "A folder.")
    record Folder(
            @Schema(description = "What it is known by.", example = "raw-footage/videos/2026")
            String id,

            @Schema(description = "Its name.", example = "2026")
            String name,

            @Schema(description = "Where it is; may be sent as `path`.", example = "/videos/2026")
            String path,

            @Schema(description = "Always the same.", example = "application/vnd.google-apps.folder")
            String mimeType) {}
}
