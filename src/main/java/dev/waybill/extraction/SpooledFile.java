package dev.waybill.extraction;

import java.nio.file.Path;

/**
 * A source on disk, in a directory of its own that is removed when the work ends.
 *
 * @param mediaType the true one, containers opened: {@code application/zip} has become a Word document if it is one
 */
record SpooledFile(Path path, String mediaType, long sizeBytes) {

    boolean isText() {
        return PlainText.reads(mediaType);
    }
}
