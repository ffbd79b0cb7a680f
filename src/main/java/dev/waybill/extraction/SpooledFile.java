package dev.waybill.extraction;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A source on disk, in a directory of its own that is removed when the work ends.
 *
 * @param mediaType the true one, containers opened: {@code application/zip} has become a Word document if it is one
 * @param charset what it is encoded in; null when it is no text
 */
public record SpooledFile(
        Path path,
        String mediaType,
        long sizeBytes,
        @Nullable Charset charset) {

    /** What its text is read in. */
    Charset encoding() {
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    boolean isText() {
        return PlainText.reads(mediaType);
    }
}
