package dev.waybill.platform.formats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects files made of boxes: MP4 and its kin, QuickTime, HEIF. Boxes and {@code hdlr} are in ISO/IEC 14496-12 (4.2,
 * 4.3, 8.4.3); brands in the registry of the MP4 Registration Authority (https://mp4ra.org/registered-types/brands);
 * HEIF's in ISO/IEC 23008-12 annex B, AVIF's in https://aomediacodec.github.io/av1-avif/#brands; what begins without
 * {@code ftyp} is in Apple's QuickTime File Format Specification.
 */
final class IsoMedia {

    private static final Format HEIC =
            Format.of("image/heic", "HEIC", "a HEIC image", "image/heif", "image/heic-sequence", "image/heif-sequence");
    private static final Format HEIF = Format.of(
            "image/heif",
            "HEIF",
            "a HEIF image",
            "image/heic",
            "image/avif",
            "image/heif-sequence",
            "image/heic-sequence");
    private static final Format AVIF = Format.of("image/avif", "AVIF", "an AVIF image", "image/avif-sequence");
    private static final Format CR3 = Format.of("image/x-canon-cr3", "CR3", "a Canon raw image");
    private static final Format JP2 =
            Format.of("image/jp2", "JP2", "a JPEG 2000 image", "image/jpx", "image/jpm", "video/mj2");
    private static final Format JXL = Format.of("image/jxl", "JXL", "a JPEG XL image");

    private static final Kin MP4 = new Kin("mp4", "MP4", "an MP4", Set.of("x-m4v", "quicktime"), Set.of());
    private static final Kin M4V = new Kin("x-m4v", "mp4", "M4V", "an M4V", Set.of("mp4"), Set.of());
    private static final Kin GPP = new Kin("3gpp", "3GPP", "a 3GPP", Set.of("mp4", "3gpp2"), Set.of("mp4", "3gpp2"));
    private static final Kin GPP2 = new Kin("3gpp2", "3GPP2", "a 3GPP2", Set.of("mp4", "3gpp"), Set.of("mp4", "3gpp"));
    private static final Kin QUICKTIME =
            new Kin("quicktime", "mp4", "QUICKTIME", "a QuickTime", Set.of("mp4", "x-m4v"), Set.of());

    /** A piece of a film that is sent in pieces: what its track is stands in another file. */
    static final Format SEGMENT = new Kin("mp4", "MP4", "an MP4", Set.of("x-m4v", "quicktime"), Set.of()).either();

    /** More boxes than this before the tracks are nobody's. */
    private static final int MAX_BOXES = 64;

    /** A header, the major brand and its version; and more brands than anybody lists. */
    private static final int MIN_BRANDS = 16;

    private static final int MAX_BRANDS = 4096;

    /** Brands of pictures that leave open how they are packed, and of those that are packed in yet another way. */
    private static final Set<String> GENERIC = Set.of(
            "mif1", "mif2", "mif3", "msf1", "1pic", "pred", "miaf", "MiAn", "MiPr", "MiHB", "MiHE", "MiAB", "heif",
            "unif", "tmap", "geo1", "pano", "eqrf");

    private static final Set<String> OF_ANOTHER_CODEC =
            Set.of("jpeg", "jpgs", "j2ki", "j2is", "avci", "avcs", "evbi", "evbs", "evmi", "evms", "vvic", "vvis");

    private static final int SOUND = 1;
    private static final int PICTURE = 2;
    private static final int UNSEEN = 4;

    private IsoMedia() {}

    /** One of the kinds of MP4, and what its files are called with and without pictures. */
    private record Kin(Format video, Format audio, Format either) {

        Kin(String subtype, String name, String phrase, Set<String> videos, Set<String> sounds) {
            this(subtype, subtype, name, phrase, videos, sounds);
        }

        Kin(String subtype, String sound, String name, String phrase, Set<String> videos, Set<String> sounds) {
            this(
                    Tracks.video("video/" + subtype, name, phrase, videos),
                    Tracks.audio("audio/" + sound, name, phrase, sounds),
                    Tracks.either("video/" + subtype, "audio/" + sound, name, phrase, videos, sounds));
        }
    }

    /** Null when it is none of them. */
    static @Nullable Format of(FileBytes bytes) {
        long type = bytes.u32(4);
        return switch (fourCc(type)) {
            case "ftyp", "styp" -> isBrands(bytes) ? ofBrands(bytes) : null;
            case "jP  " -> bytes.u32(8) == 0x0D0A870AL ? JP2 : null;
            case "JXL " -> bytes.u32(8) == 0x0D0A870AL ? JXL : null;
            case "moov", "mdat", "wide", "pnot" -> isBox(bytes) ? tracks(bytes, QUICKTIME) : null;
            case "free", "skip" -> isBox(bytes) && isFollowed(bytes) ? tracks(bytes, QUICKTIME) : null;
            case "moof", "sidx", "emsg", "prft" -> isBox(bytes) ? tracks(bytes, MP4) : null;
            default -> null;
        };
    }

    /** A text may have these letters there, but no box of brands is as long as letters say. */
    private static boolean isBrands(FileBytes bytes) {
        long length = bytes.u32(0);
        return length >= MIN_BRANDS && length <= MAX_BRANDS;
    }

    private static Format ofBrands(FileBytes bytes) {
        String major = fourCc(bytes.u32(8));
        Format picture = picture(major);
        long end = Math.min(Math.max(bytes.u32(0), 16), 512);
        boolean isGeneric = picture == HEIF && !OF_ANOTHER_CODEC.contains(major);
        if (isGeneric || (picture == null && isOfPictures(bytes))) {
            // Where a file has next to no header, the minor version is the brand of what is in it (23008-12, mif3).
            for (long at = 12; at + 4 <= end; at += 4) {
                Format narrower = picture(fourCc(bytes.u32(at)));
                if (narrower == AVIF || narrower == HEIC) {
                    return narrower;
                }
                picture = picture == null ? narrower : picture;
            }
        }
        if (picture != null) {
            return picture;
        }
        return switch (major) {
            case "qt  " -> tracks(bytes, QUICKTIME);
            case "M4A ", "M4B ", "M4P ", "F4A ", "F4B " -> MP4.audio();
            case "M4V ", "M4VH", "M4VP" -> tracks(bytes, M4V);
            case "crx " -> CR3;
            case "jp2 ", "jpx ", "jpm ", "mjp2" -> JP2;
            default ->
                major.startsWith("3g2")
                        ? tracks(bytes, GPP2)
                        : major.startsWith("3g") ? tracks(bytes, GPP) : tracks(bytes, MP4);
        };
    }

    private static @Nullable Format picture(String brand) {
        return switch (brand) {
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "heoa" -> HEIC;
            case "avif", "avis", "avio", "MA1A", "MA1B" -> AVIF;
            default -> GENERIC.contains(brand) || OF_ANOTHER_CODEC.contains(brand) ? HEIF : null;
        };
    }

    /** 23008-12 6.2: behind the brands a box of metadata whose handler is pictures, and no film. */
    private static boolean isOfPictures(FileBytes bytes) {
        long next = length(bytes, 0, bytes.size());
        return next >= MIN_BRANDS
                && next <= MAX_BRANDS
                && bytes.is(next + 4, "meta")
                && bytes.is(next + 16, "hdlr")
                && bytes.is(next + 28, "pict");
    }

    private static Format tracks(FileBytes bytes, Kin kin) {
        int kinds = kinds(bytes);
        if ((kinds & PICTURE) != 0) {
            return kin.video();
        }
        if (kinds == UNSEEN && isSegment(bytes)) {
            return SEGMENT;
        }
        return kinds == SOUND ? kin.audio() : kin.either();
    }

    /** ISO/IEC 23009-1 6.3.4: one begins with its own brands, or with what tells players when to show it. */
    private static boolean isSegment(FileBytes bytes) {
        return switch (fourCc(bytes.u32(4))) {
            case "styp", "moof", "sidx", "emsg", "prft" -> true;
            default -> false;
        };
    }

    /** A segment is what its sender says it is. */
    static Format segment(String declared) {
        return declared.startsWith("video/") ? MP4.video() : declared.startsWith("audio/") ? MP4.audio() : SEGMENT;
    }

    /** Which kinds of tracks there are, as far as can be seen. */
    private static int kinds(FileBytes bytes) {
        long at = 0;
        for (int box = 0; box < MAX_BOXES && at < bytes.size(); box++) {
            long type = bytes.u32(at + 4);
            long length = length(bytes, at, bytes.size());
            if (type < 0 || length < 8) {
                return UNSEEN;
            }
            if (type == 0x6D6F6F76) { // moov
                return ofMovie(bytes, at + 8, at + length);
            }
            at += length;
        }
        return UNSEEN;
    }

    private static int ofMovie(FileBytes bytes, long from, long end) {
        int kinds = 0;
        long at = from;
        // One with pictures is a film, whatever comes behind: that may be far, and a request away.
        for (int box = 0; box < MAX_BOXES && at + 8 <= end && (kinds & PICTURE) == 0; box++) {
            long type = bytes.u32(at + 4);
            long length = length(bytes, at, end);
            if (type < 0 || length < 8) {
                return kinds | UNSEEN;
            }
            if (type == 0x7472616B) { // trak
                kinds |= ofTrack(bytes, at + 8, at + length, 0);
            } else if (type == 0x636D6F76) { // cmov: the tracks are compressed
                return kinds | UNSEEN;
            }
            at += length;
        }
        return kinds == 0 || at + 8 <= end ? kinds | UNSEEN : kinds;
    }

    /** {@code mdia}, and {@code hdlr} in it. */
    private static int ofTrack(FileBytes bytes, long from, long end, int depth) {
        long wanted = depth == 0 ? 0x6D646961 : 0x68646C72;
        long at = from;
        for (int box = 0; box < MAX_BOXES && at + 8 <= end; box++) {
            long type = bytes.u32(at + 4);
            long length = length(bytes, at, end);
            if (type < 0 || length < 8) {
                return UNSEEN;
            }
            if (type == wanted) {
                return depth == 0 ? ofTrack(bytes, at + 8, at + length, 1) : ofHandler(bytes.u32(at + 16));
            }
            at += length;
        }
        return 0;
    }

    private static int ofHandler(long type) {
        return switch (fourCc(type)) {
            case "soun" -> SOUND;
            case "vide" -> PICTURE;
            case "" -> UNSEEN;
            default -> 0;
        };
    }

    /** Of a box with its header; 0 where it makes no sense. */
    private static long length(FileBytes bytes, long at, long end) {
        long length = bytes.u32(at);
        if (length == 1) {
            long large = bytes.u64(at + 8);
            return large < 16 || large > Long.MAX_VALUE - at ? 0 : large;
        }
        return length == 0 ? end - at : length;
    }

    private static boolean isBox(FileBytes bytes) {
        long length = length(bytes, 0, bytes.size());
        return length >= 8 && length <= bytes.size();
    }

    private static boolean isFollowed(FileBytes bytes) {
        long next = length(bytes, 0, bytes.size());
        return switch (fourCc(bytes.u32(next + 4))) {
            case "moov", "mdat", "wide", "free", "skip", "ftyp", "pnot" -> true;
            default -> false;
        };
    }

    /** Empty when it was out of sight. */
    private static String fourCc(long type) {
        if (type < 0) {
            return "";
        }
        return new String(new char[] {
            (char) (type >> 24 & 0xff), (char) (type >> 16 & 0xff), (char) (type >> 8 & 0xff), (char) (type & 0xff)
        });
    }
}
