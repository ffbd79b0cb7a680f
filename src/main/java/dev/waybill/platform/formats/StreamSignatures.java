package dev.waybill.platform.formats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects streams without a header, by the rhythm of their frames. Where fewer frames are in sight than it takes, the
 * file is too short or something else.
 */
final class StreamSignatures {

    private static final Format MP3 = Format.of("audio/mpeg", "MP3", "an MP3 file");
    private static final Format AAC = Format.of("audio/aac", "AAC", "an AAC file");
    private static final Format LOAS =
            Format.of("audio/x-loas", "LOAS", "a file of AAC for broadcasting", "audio/aac", "audio/mp4");
    private static final Format GSM = Format.of("audio/x-gsm", "GSM", "a GSM file");
    private static final Format ADX = Format.of("audio/x-adx", "ADX", "an ADX file");
    private static final Format H263 = Format.of("video/h263", "H.263", "an H.263 video");
    private static final Format DV = Format.of("video/dv", "DV", "a DV video");
    private static final Format H264 = Format.of("video/h264", "H.264", "an H.264 video", "video/mp4");
    private static final Format H265 = Format.of("video/h265", "H.265", "an H.265 video", "video/mp4");

    /** Sampling rates and bit rates: ISO/IEC 11172-3 2.4.2.3 and 13818-3 2.4.2.3; rows are layers I, II, III. */
    private static final int[][] KBITS_V1 = {
        {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
    };

    private static final int[][] KBITS_V2 = {
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
    };

    private static final int GSM_MARK = 0xD;
    private static final int GSM_FRAME = 33;
    private static final int GSM_WANTED = 8;
    private static final int LOAS_WANTED = 3;
    private static final int H263_WANTED = 3;

    private static final int[] HERTZ = {44_100, 48_000, 32_000};

    private StreamSignatures() {}

    /** Null when it is none of them. */
    static @Nullable Format of(FileBytes bytes) {
        int first = bytes.u8(0);
        if (first == 0xff && (bytes.u8(1) & 0xe0) == 0xe0) {
            return (bytes.u8(1) & 0xf6) == 0xf0 ? (isAac(bytes) ? AAC : null) : isMp3(bytes) ? MP3 : null;
        }
        if (first == 0x56 && isLoas(bytes)) {
            return LOAS;
        }
        if (first == 0x80 && isAdx(bytes)) {
            return ADX;
        }
        if (first >> 4 == GSM_MARK && isGsm(bytes)) {
            return GSM;
        }
        if (first == 0x1f) {
            return isDv(bytes) ? DV : null;
        }
        if (first == 0 && bytes.u8(1) == 0) {
            Format units = isH263(bytes) ? H263 : ofUnits(bytes);
            if (units != null) {
                return units;
            }
        }
        Format packets = TransportStream.of(bytes);
        return packets == null ? TransportStream.ofCut(bytes) : packets;
    }

    /** Two frames, or one that is the whole file. */
    private static boolean isMp3(FileBytes bytes) {
        long length = mp3Frame(bytes, 0);
        if (length <= 0) {
            return false;
        }
        return length >= bytes.size() ? bytes.size() >= 24 : mp3Frame(bytes, length) > 0;
    }

    private static long mp3Frame(FileBytes bytes, long at) {
        long header = bytes.u32(at);
        int version = (int) (header >> 19 & 3); // 0 is 2.5, 2 is 2, 3 is 1
        int layer = 3 - (int) (header >> 17 & 3);
        int rate = (int) (header >> 12 & 15);
        int frequency = (int) (header >> 10 & 3);
        if (header < 0 || header >> 21 != 0x7ff || version == 1 || layer == 3 || rate == 15 || frequency == 3) {
            return 0;
        }
        int kbits = version == 3 ? KBITS_V1[layer][rate] : KBITS_V2[layer][rate];
        int hertz = HERTZ[frequency] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        int padding = (int) (header >> 9 & 1);
        if (kbits == 0) {
            return 0;
        }
        return layer == 0
                ? (12_000L * kbits / hertz + padding) * 4
                : (layer == 2 && version != 3 ? 72_000L : 144_000L) * kbits / hertz + padding;
    }

    /** ISO/IEC 14496-3 1.A.2.2: ADTS frames say how long they are. */
    private static boolean isAac(FileBytes bytes) {
        long length = adtsFrame(bytes, 0);
        if (length <= 0) {
            return false;
        }
        return length >= bytes.size() || adtsFrame(bytes, length) > 0;
    }

    private static long adtsFrame(FileBytes bytes, long at) {
        int mark = bytes.u16(at);
        long rest = bytes.u32(at + 2);
        boolean isFrequency = (rest >> 26 & 15) < 13;
        if (mark < 0 || (mark & 0xfff6) != 0xfff0 || rest < 0 || !isFrequency) {
            return 0;
        }
        // The 13 bits of the length begin 30 bits into the header.
        long length = (long) (bytes.u8(at + 3) & 3) << 11 | (long) bytes.u8(at + 4) << 3 | bytes.u8(at + 5) >> 5;
        return length >= 7 ? length : 0;
    }

    /** ISO/IEC 14496-3 1.7.2: eleven bits of sync, then thirteen of a length. */
    private static boolean isLoas(FileBytes bytes) {
        long at = 0;
        for (int i = 0; i < LOAS_WANTED; i++) {
            int header = bytes.u16(at);
            if (header < 0 || header >> 5 != 0x2B7 || bytes.u8(at + 2) < 0) {
                return i > 1 && at == bytes.size();
            }
            at += 3 + ((header & 0x1f) << 8 | bytes.u8(at + 2));
        }
        return true;
    }

    /** RFC 3551 4.5.8: frames of 33 bytes, each with four bits that mark it. */
    private static boolean isGsm(FileBytes bytes) {
        int frames = 0;
        while (frames < GSM_WANTED && bytes.u8((long) frames * GSM_FRAME) >> 4 == GSM_MARK) {
            frames++;
        }
        return frames == GSM_WANTED && bytes.size() % GSM_FRAME == 0;
    }

    /** CRI's ADX: where the sound begins, and the maker's name right before it. */
    private static boolean isAdx(FileBytes bytes) {
        return bytes.u8(1) == 0 && bytes.is(bytes.u16(2) - 2L, "(c)CRI");
    }

    /** ITU-T H.263 5.1: start codes of pictures, and what follows them, several times alike. */
    private static boolean isH263(FileBytes bytes) {
        if (!isH263Picture(bytes, 0)) {
            return false;
        }
        int format = bytes.u8(4) >> 2 & 7;
        int seen = 1;
        for (int at = 5; at + 5 <= bytes.headLength() && seen < H263_WANTED; at++) {
            seen += isH263Picture(bytes, at) && (bytes.u8(at + 4) >> 2 & 7) == format ? 1 : 0;
        }
        return seen == H263_WANTED;
    }

    private static boolean isH263Picture(FileBytes bytes, int at) {
        int format = bytes.u8(at + 4) >> 2 & 7;
        return bytes.u16(at) == 0
                && (bytes.u8(at + 2) & 0xFC) == 0x80
                && (bytes.u8(at + 3) & 3) == 2
                && format > 0
                && format < 6;
    }

    /** SMPTE ST 314M 2.3.1: blocks of 80 bytes; the header block, two of subcode, three of VAUX. */
    private static boolean isDv(FileBytes bytes) {
        return bytes.u8(1) == 0x07
                && bytes.u8(2) == 0
                && (bytes.u8(80) & 0xe0) == 0x20
                && (bytes.u8(160) & 0xe0) == 0x20
                && (bytes.u8(240) & 0xe0) == 0x40;
    }

    /** ITU-T H.264 and H.265 annex B: a start code, then a parameter set or an access unit delimiter. */
    private static @Nullable Format ofUnits(FileBytes bytes) {
        int start = bytes.u8(2) == 1 ? 3 : bytes.u8(2) == 0 && bytes.u8(3) == 1 ? 4 : 0;
        int unit = start == 0 ? -1 : bytes.u8(start);
        if (unit < 0 || (unit & 0x80) != 0) {
            return null;
        }
        if (Set.of(0x40, 0x42, 0x44, 0x46).contains(unit) && bytes.u8(start + 1) == 1) {
            return H265;
        }
        int type = unit & 0x1f;
        boolean isSet = type == 7 && (unit & 0x60) != 0;
        return isSet || (type == 9 && (bytes.u8(start + 1) & 0x1f) == 0x10) ? H264 : null;
    }
}
