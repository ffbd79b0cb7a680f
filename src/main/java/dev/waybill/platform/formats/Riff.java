package dev.waybill.platform.formats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects files of chunks with four letters: RIFF (Microsoft and IBM, Multimedia Programming Interface 1.0, chapter 2),
 * its 64-bit forms (EBU Tech 3306 RF64, ITU-R BS.2088 BW64), WebP (RFC 9649 2.4), and IFF's FORM (EA IFF 85; AIFF-C of
 * Apple).
 */
final class Riff {

    private static final Format WAV = Format.of("audio/wav", "WAV", "a WAV file");
    private static final Format WEBP = Format.of("image/webp", "WEBP", "a WebP image");
    private static final Format AVI = Format.of("video/x-msvideo", "AVI", "an AVI video");
    private static final Format AVI_SOUND = Tracks.audio("audio/x-msvideo", "AVI", "an AVI", Set.of());
    private static final Format MIDI = Format.of("audio/midi", "MIDI", "a MIDI file");
    private static final Format CURSOR = Format.of("application/x-navi-animation", "ANI", "an animated cursor");
    private static final Format VIDEO_CD = Format.of("video/mpeg", "MPEG", "an MPEG video");
    private static final Format RIFF = Format.of("application/x-riff", "RIFF", "a RIFF file");
    private static final Format AIFF = Format.of("audio/aiff", "AIFF", "an AIFF file");
    private static final Format ILBM = Format.of("image/x-ilbm", "ILBM", "an Amiga image", "image/x-iff");
    private static final Format IFF = Format.of("application/x-iff", "IFF", "an IFF file");

    private static final int MAX_CHUNKS = 64;

    private Riff() {}

    /** Null when it is none of them. */
    static @Nullable Format of(FileBytes bytes) {
        if (bytes.is(0, "RIFF") || bytes.is(0, "RIFX")) {
            return ofRiff(bytes);
        }
        if (bytes.is(0, "RF64") || bytes.is(0, "BW64")) {
            return bytes.is(8, "WAVE") ? WAV : bytes.is(8, "AVI ") ? hasSoundAlone(bytes) ? AVI_SOUND : AVI : null;
        }
        if (bytes.is(0, "FORM")) {
            return bytes.is(8, "AIFF") || bytes.is(8, "AIFC") || bytes.is(8, "8SVX")
                    ? AIFF
                    : bytes.is(8, "ILBM") || bytes.is(8, "PBM ") ? ILBM : IFF;
        }
        return null;
    }

    private static Format ofRiff(FileBytes bytes) {
        if (bytes.is(8, "WAVE")) {
            return WAV;
        }
        if (bytes.is(8, "WEBP")) {
            return WEBP;
        }
        if (bytes.is(8, "AVI ") || bytes.is(8, "AVIX")) {
            return hasSoundAlone(bytes) ? AVI_SOUND : AVI;
        }
        if (bytes.is(8, "RMID")) {
            return MIDI;
        }
        if (bytes.is(8, "CDXA")) {
            return VIDEO_CD;
        }
        return bytes.is(8, "ACON") ? CURSOR : RIFF;
    }

    /**
     * Microsoft AVI RIFF File Reference: the first list is of headers, among them a list for each stream, whose first
     * chunk says what it is.
     */
    private static boolean hasSoundAlone(FileBytes bytes) {
        if (!bytes.is(12, "LIST") || !bytes.is(20, "hdrl")) {
            return false;
        }
        boolean hasSound = false;
        long end = Math.min(20 + bytes.u32le(16), bytes.size());
        long at = 24;
        for (int i = 0; i < MAX_CHUNKS && at + 8 <= end; i++) {
            long length = bytes.u32le(at + 4);
            if (length < 0) {
                return false;
            }
            if (bytes.is(at, "LIST") && bytes.is(at + 8, "strlstrh")) {
                if (!bytes.is(at + 20, "auds")) {
                    return false;
                }
                hasSound = true;
            }
            at += 8 + length + length % 2;
        }
        return hasSound && at >= end;
    }
}
