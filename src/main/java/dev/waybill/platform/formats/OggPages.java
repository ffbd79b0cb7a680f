package dev.waybill.platform.formats;

import java.util.Set;

/**
 * Detects Ogg: the pages that begin streams come first, each with its codec's mark (RFC 3533 section 6, RFC 7845 for
 * Opus, the Vorbis I and Theora specifications of xiph.org).
 */
final class OggPages {

    private static final Format VIDEO = Tracks.video("video/ogg", "OGG", "an Ogg", Set.of());
    private static final Format AUDIO = Tracks.audio("audio/ogg", "OGG", "an Ogg", Set.of());
    private static final Format EITHER = Tracks.either("audio/ogg", "video/ogg", "OGG", "an Ogg", Set.of(), Set.of());

    private static final int MAX_STREAMS = 16;
    private static final int BEGINS = 2;

    private OggPages() {}

    static Format of(FileBytes bytes) {
        long at = 0;
        boolean hasSound = false;
        for (int page = 0; page < MAX_STREAMS && bytes.is(at, "OggS"); page++) {
            int flags = bytes.u8(at + 5);
            int segments = bytes.u8(at + 26);
            if (flags < 0 || segments < 0 || (flags & BEGINS) == 0) {
                break;
            }
            long content = at + 27 + segments;
            if (isPicture(bytes, content)) {
                return VIDEO;
            }
            hasSound |= isSound(bytes, content);
            long next = content;
            for (int i = 0; i < segments; i++) {
                next += Math.max(0, bytes.u8(at + 27 + i));
            }
            at = next;
        }
        return hasSound ? AUDIO : EITHER;
    }

    private static boolean isPicture(FileBytes bytes, long at) {
        return bytes.is(at, "\u0080theora")
                || bytes.is(at, "BBCD\0")
                || bytes.is(at, "OVP80")
                || bytes.is(at, "\1video\0\0\0");
    }

    private static boolean isSound(FileBytes bytes, long at) {
        return bytes.is(at, "\1vorbis")
                || bytes.is(at, "OpusHead")
                || bytes.is(at, "Speex   ")
                || bytes.is(at, "\u007fFLAC")
                || bytes.is(at, "fLaC")
                || bytes.is(at, "\1audio\0\0\0");
    }
}
