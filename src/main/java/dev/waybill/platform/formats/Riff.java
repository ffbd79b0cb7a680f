package dev.waybill.platform.formats;

import org.jspecify.annotations.Nullable;

/**
 * Files of chunks with four letters: RIFF (Microsoft and IBM, Multimedia Programming Interface 1.0, chapter 2), its
 * 64-bit forms (EBU Tech 3306 RF64, ITU-R BS.2088 BW64), WebP (RFC 9649 2.4), and IFF's FORM (EA IFF 85; AIFF-C of Apple).
 */
final class Riff {

    private static final Format WAV = Format.of("audio/wav", "WAV", "a WAV file");
    private static final Format WEBP = Format.of("image/webp", "WEBP", "a WebP image");
    private static final Format AVI = Format.of("video/x-msvideo", "AVI", "an AVI video");
    private static final Format MIDI = Format.of("audio/midi", "MIDI", "a MIDI file");
    private static final Format CURSOR = Format.of("application/x-navi-animation", "ANI", "an animated cursor");
    private static final Format VIDEO_CD = Format.of("video/mpeg", "MPEG", "an MPEG video");
    private static final Format RIFF = Format.of("application/x-riff", "RIFF", "a RIFF file");
    private static final Format AIFF = Format.of("audio/aiff", "AIFF", "an AIFF file");
    private static final Format ILBM = Format.of("image/x-ilbm", "ILBM", "an Amiga image", "image/x-iff");
    private static final Format IFF = Format.of("application/x-iff", "IFF", "an IFF file");

    private Riff() {}

    /** Null when it is none of them. */
    static @Nullable Format of(FileBytes bytes) {
        if (bytes.is(0, "RIFF") || bytes.is(0, "RIFX")) {
            return ofRiff(bytes);
        }
        if (bytes.is(0, "RF64") || bytes.is(0, "BW64")) {
            return bytes.is(8, "WAVE") ? WAV : bytes.is(8, "AVI ") ? AVI : null;
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
            return AVI;
        }
        if (bytes.is(8, "RMID")) {
            return MIDI;
        }
        if (bytes.is(8, "CDXA")) {
            return VIDEO_CD;
        }
        return bytes.is(8, "ACON") ? CURSOR : RIFF;
    }
}
