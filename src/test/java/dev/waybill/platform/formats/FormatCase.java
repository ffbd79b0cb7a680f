package dev.waybill.platform.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Fits;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.Arrays;

/** A file for a property, and the media type that is detected; null when it is refused. */
record FormatCase(FileKind kind, String filename, String declared, byte[] bytes, String mediaType) {

    @Override
    public String toString() {
        return kind + " " + filename + " " + declared + " " + mediaType;
    }

    static FormatCase taken(FileKind kind, String filename, String declared, byte[] bytes, String mediaType) {
        return new FormatCase(kind, filename, declared, bytes, mediaType);
    }

    static FormatCase refused(FileKind kind, String filename, String declared, byte[] bytes) {
        return new FormatCase(kind, filename, declared, bytes, null);
    }

    /** As confirm sees it: the first bytes, and how many there are. */
    static DetectionResult answer(FileKind kind, String filename, String declared, byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD_BYTES));
        return Formats.answer(new DetectionInput(FileBytes.ofHead(head, bytes.length), filename, declared, kind));
    }

    static void check(FormatCase each) {
        DetectionResult answer = answer(each.kind(), each.filename(), each.declared(), each.bytes());
        if (each.mediaType() == null) {
            assertThat(answer).isInstanceOf(Misfit.class);
        } else {
            assertThat(answer).isInstanceOf(Fits.class);
            assertThat(answer.mediaType()).isEqualTo(each.mediaType());
        }
    }
}
