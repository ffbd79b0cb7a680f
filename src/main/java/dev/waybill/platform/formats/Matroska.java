package dev.waybill.platform.formats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects WebM and Matroska. EBML is RFC 8794; the elements and {@code TrackType} are RFC 9559 (5.1); WebM's DocType is
 * https://www.webmproject.org/docs/container/.
 */
final class Matroska {

    private static final Format WEBM_VIDEO = Tracks.video("video/webm", "WEBM", "a WebM", Set.of("x-matroska"));
    private static final Format WEBM_AUDIO = Tracks.audio("audio/webm", "WEBM", "a WebM", Set.of("x-matroska"));
    private static final Format WEBM =
            Tracks.either("video/webm", "audio/webm", "WEBM", "a WebM", Set.of("x-matroska"), Set.of("x-matroska"));
    private static final Format MATROSKA_VIDEO =
            Tracks.video("video/x-matroska", "MATROSKA", "a Matroska", Set.of("webm"));
    private static final Format MATROSKA_AUDIO =
            Tracks.audio("audio/x-matroska", "MATROSKA", "a Matroska", Set.of("webm"));
    private static final Format MATROSKA = Tracks.either(
            "video/x-matroska", "audio/x-matroska", "MATROSKA", "a Matroska", Set.of("webm"), Set.of("webm"));

    private static final int DOC_TYPE = 0x4282;
    private static final int SEGMENT = 0x18538067;
    private static final int CLUSTER = 0x1F43B675;
    private static final int TRACKS = 0x1654AE6B;
    private static final int TRACK_ENTRY = 0xAE;
    private static final int TRACK_TYPE = 0x83;
    private static final int MAX_ELEMENTS = 128;

    private Matroska() {}

    /** An element: its id and where its content lies. */
    private record Element(long id, long from, long end) {}

    static Format of(FileBytes bytes) {
        Element header = element(bytes, 0, bytes.size());
        boolean isWebm = header != null && isWebm(bytes, header);
        int kinds = header == null ? 0 : tracks(bytes, header.end());
        if ((kinds & 2) != 0) {
            return isWebm ? WEBM_VIDEO : MATROSKA_VIDEO;
        }
        if (kinds == 1) {
            return isWebm ? WEBM_AUDIO : MATROSKA_AUDIO;
        }
        return isWebm ? WEBM : MATROSKA;
    }

    private static boolean isWebm(FileBytes bytes, Element header) {
        Element docType = find(bytes, header.from(), header.end(), DOC_TYPE);
        return docType != null && bytes.is(docType.from(), "webm");
    }

    /** Bit 1 is sound, bit 2 pictures, bit 4 something that was not seen. */
    private static int tracks(FileBytes bytes, long from) {
        Element segment = find(bytes, from, bytes.size(), SEGMENT);
        Element tracks = segment == null ? null : find(bytes, segment.from(), segment.end(), TRACKS);
        if (tracks == null) {
            return 4;
        }
        int kinds = 0;
        long at = tracks.from();
        for (int i = 0; i < MAX_ELEMENTS && at < tracks.end(); i++) {
            Element entry = element(bytes, at, tracks.end());
            if (entry == null) {
                return kinds | 4;
            }
            if (entry.id() == TRACK_ENTRY) {
                Element type = find(bytes, entry.from(), entry.end(), TRACK_TYPE);
                kinds |= type == null ? 4 : kind(bytes, type);
            }
            at = entry.end();
        }
        return kinds;
    }

    /** An unsigned number of one byte, for which more may be taken. */
    private static int kind(FileBytes bytes, Element type) {
        return switch (bytes.u8(type.end() - 1)) {
            case 1, 3 -> 2; // video, complex
            case 2 -> 1;
            case -1 -> 4;
            default -> 0;
        };
    }

    /** The first of that id; null when it is out of sight, or the media come before it. */
    private static @Nullable Element find(FileBytes bytes, long from, long end, long id) {
        long at = from;
        for (int i = 0; i < MAX_ELEMENTS && at < end; i++) {
            Element element = element(bytes, at, end);
            if (element == null || element.id() == id) {
                return element;
            }
            if (element.id() == CLUSTER && element.end() == end) {
                return null;
            }
            at = element.end();
        }
        return null;
    }

    private static @Nullable Element element(FileBytes bytes, long at, long end) {
        int first = bytes.u8(at);
        if (first <= 0) {
            return null;
        }
        int idLength = Integer.numberOfLeadingZeros(first) - 23;
        if (idLength > 4) {
            return null;
        }
        long id = number(bytes, at, idLength);
        int second = bytes.u8(at + idLength);
        if (second <= 0 || id < 0) {
            return null;
        }
        int sizeLength = Integer.numberOfLeadingZeros(second) - 23;
        long raw = number(bytes, at + idLength, sizeLength);
        long most = (1L << 7 * sizeLength) - 1;
        long size = raw < 0 ? -1 : raw & most;
        long from = at + idLength + sizeLength;
        if (size < 0 || from > end) {
            return null;
        }
        boolean isUnknown = size == most; // while it is recorded nobody knows how long it gets
        return new Element(id, from, isUnknown || size > end - from ? end : from + size);
    }

    private static long number(FileBytes bytes, long at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            int next = bytes.u8(at + i);
            if (next < 0) {
                return -1;
            }
            value = value << 8 | next;
        }
        return value & Long.MAX_VALUE;
    }
}
