package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.hex;
import static dev.waybill.platform.formats.Bytes.join;

/**
 * Sound and video, byte by byte: what players need of them to know what they are, and filling where the media would be.
 */
public final class MadeMedia {

    private MadeMedia() {}

    public static byte[] box(String type, byte[]... content) {
        byte[] all = join(content);
        return new Bytes().u32(all.length + 8L).ascii(type).add(all).toArray();
    }

    public static byte[] ftyp(String major, String... compatible) {
        Bytes brands = new Bytes().ascii(major).u32(0);
        for (String brand : compatible) {
            brands.ascii(brand);
        }
        return box("ftyp", brands.toArray());
    }

    public static byte[] trak(String handler) {
        byte[] hdlr =
                box("hdlr", new Bytes().u32(0).u32(0).ascii(handler).zeros(13).toArray());
        return box(
                "trak",
                box("tkhd", new byte[84]),
                box("mdia", box("mdhd", new byte[24]), hdlr, box("minf", new byte[400])));
    }

    public static byte[] moov(String... handlers) {
        Bytes tracks = new Bytes().add(box("mvhd", new byte[100]));
        for (String handler : handlers) {
            tracks.add(trak(handler));
        }
        return box("moov", tracks.toArray());
    }

    public static byte[] mp4(String brand, String... handlers) {
        return join(ftyp(brand, "isom", "mp42"), moov(handlers), box("mdat", new byte[500]));
    }

    /** As ffmpeg writes it without faststart: what is in it is listed behind all of it. */
    public static byte[] mp4IndexedLast(String... handlers) {
        return join(
                ftyp("isom", "iso2", "mp41"),
                box("free"),
                box("mdat", new Bytes().noise(30_000).toArray()),
                moov(handlers));
    }

    public static byte[] mp4WithLargeSize(String... handlers) {
        byte[] mdat =
                new Bytes().u32(1).ascii("mdat").u32(0).u32(16 + 200).zeros(200).toArray();
        return join(ftyp("isom"), mdat, moov(handlers));
    }

    public static byte[] segment() {
        return join(
                box("styp", hex("6d736468 00000000 6d736468 6d736978")),
                box("sidx", new byte[36]),
                box("moof", box("mfhd", new byte[8])),
                box("mdat", new byte[100]));
    }

    public static byte[] fragmented(String... handlers) {
        return join(ftyp("iso5", "dash"), moov(handlers), segment());
    }

    public static byte[] quickTimeWithoutBrand(String... handlers) {
        return join(box("wide"), box("mdat", new byte[64]), moov(handlers));
    }

    /** Content of up to 16 383 bytes. */
    private static byte[] element(String id, byte[] content) {
        return new Bytes()
                .hexadecimal(id)
                .u16(0x4000 | content.length)
                .add(content)
                .toArray();
    }

    public static byte[] matroska(String docType, int... trackTypes) {
        byte[] header = element(
                "1A45DFA3",
                join(element("4286", hex("01")), element("4282", docType.getBytes()), element("4287", hex("04"))));
        Bytes tracks = new Bytes();
        for (int type : trackTypes) {
            tracks.add(element(
                    "AE",
                    join(
                            element("D7", hex("01")),
                            element("83", new byte[] {(byte) type}),
                            element("86", "A_OPUS".getBytes()))));
        }
        // As a browser records: the length of the segment and of its clusters is not known.
        return new Bytes()
                .add(header)
                .hexadecimal("18538067 01FFFFFFFFFFFFFF")
                .add(element("1549A966", element("2AD7B1", hex("0F4240"))))
                .add(element("1654AE6B", tracks.toArray()))
                .hexadecimal("1F43B675 01FFFFFFFFFFFFFF")
                .add(element("E7", hex("00")))
                .noise(300)
                .toArray();
    }

    private static byte[] page(int flags, byte[] content) {
        return new Bytes()
                .ascii("OggS")
                .u8(0)
                .u8(flags)
                .zeros(20)
                .u8(1)
                .u8(content.length)
                .add(content)
                .toArray();
    }

    public static byte[] ogg(String... marks) {
        Bytes pages = new Bytes();
        for (String mark : marks) {
            pages.add(page(2, new Bytes().ascii(mark).zeros(20).toArray()));
        }
        return pages.add(page(0, new Bytes().noise(200).toArray())).toArray();
    }

    public static byte[] riff(String mark, String form) {
        return new Bytes()
                .ascii(mark)
                .u32le(mark.equals("RF64") ? 0xFFFFFFFFL : 300)
                .ascii(form)
                .ascii("fmt ")
                .u32le(16)
                .u16le(1)
                .u16le(2)
                .u32le(44_100)
                .u32le(176_400)
                .u16le(4)
                .u16le(16)
                .ascii("data")
                .zeros(256)
                .toArray();
    }

    public static byte[] mp3(boolean isTagged) {
        Bytes sound = new Bytes();
        if (isTagged) {
            sound.ascii("ID3").hexadecimal("0400 00 0000000A").zeros(10);
        }
        for (int frame = 0; frame < 4; frame++) {
            sound.hexadecimal("FFFB9064").zeros(417 - 4); // 128 kbit/s, 44.1 kHz, no padding
        }
        return sound.toArray();
    }

    public static byte[] aac() {
        Bytes sound = new Bytes();
        for (int frame = 0; frame < 4; frame++) {
            sound.hexadecimal("FFF15080 0BFFFC").zeros(95 - 7); // 0x0BFF >> 5 is 95 bytes a frame
        }
        return sound.toArray();
    }

    /** @param packet 188 bytes; 192 with the time that cameras put before each; 204 with parity */
    public static byte[] transportStream(int packet) {
        Bytes stream = new Bytes();
        for (int i = 0; i < 20; i++) {
            if (packet == 192) {
                stream.u32(i);
            }
            stream.hexadecimal("474011 10").noise(184).zeros(packet == 204 ? 16 : 0);
        }
        return stream.toArray();
    }

    public static byte[] dv() {
        Bytes frame = new Bytes();
        for (int block = 0; block < 150; block++) {
            int section = block == 0 ? 0x1F : block < 3 ? 0x3F : block < 6 ? 0x56 : 0x96;
            frame.u8(section).u8(0x07).u8(block == 0 ? 0 : block - 1).u8(0xBF).zeros(76);
        }
        return frame.toArray();
    }

    public static byte[] h264() {
        return new Bytes()
                .hexadecimal("00000001 6742C01E D900A047")
                .noise(20)
                .hexadecimal("00000001 68CE3C80 00000001 65")
                .noise(200)
                .toArray();
    }

    public static byte[] h265() {
        return new Bytes()
                .hexadecimal("00000001 40010C01")
                .noise(20)
                .hexadecimal("00000001 4201")
                .noise(200)
                .toArray();
    }

    public static byte[] mxf() {
        return new Bytes()
                .hexadecimal("060E2B34 02050101 0D010201 01020400 83000068")
                .noise(200)
                .toArray();
    }

    /** With these kinds of essence in its first partition. */
    public static byte[] mxfOf(byte[] kinds) {
        Bytes labels = new Bytes().zeros(80).u32(kinds.length).u32(16);
        for (byte kind : kinds) {
            labels.hexadecimal("060E2B34 04010101 0D010301 02").u8(kind).u16(0x0100);
        }
        byte[] pack = labels.toArray();
        return new Bytes()
                .hexadecimal("060E2B34 02050101 0D010201 01020400 83")
                .u8(pack.length >> 16)
                .u16(pack.length)
                .add(pack)
                .noise(200)
                .toArray();
    }

    /** With streams of these kinds. */
    public static byte[] avi(String... kinds) {
        Bytes headers = new Bytes().ascii("hdrlavih").u32le(56).zeros(56);
        for (String kind : kinds) {
            headers.ascii("LIST")
                    .u32le(4 + 8 + 56 + 8 + 17 + 1)
                    .ascii("strlstrh")
                    .u32le(56)
                    .ascii(kind)
                    .zeros(52)
                    .ascii("strf")
                    .u32le(17)
                    .zeros(18);
        }
        byte[] list = headers.toArray();
        return new Bytes()
                .ascii("RIFF")
                .u32le(list.length + 12L + 300)
                .ascii("AVI LIST")
                .u32le(list.length)
                .add(list)
                .ascii("LIST")
                .u32le(292)
                .ascii("movi")
                .noise(288)
                .toArray();
    }

    public static byte[] motionJpeg() {
        byte[] frame = MadeFiles.jpeg();
        return join(frame, frame, frame);
    }

    public static byte[] programStream() {
        return new Bytes()
                .hexadecimal("000001BA 44000400 04010189 C3F8")
                .noise(100)
                .toArray();
    }

    public static byte[] asf() {
        return new Bytes()
                .hexadecimal("3026B2758E66CF11A6D900AA0062CE6C")
                .u32le(500)
                .zeros(100)
                .noise(100)
                .toArray();
    }

    /** Its header, with an object for each stream. */
    public static byte[] asfOf(String... streams) {
        Bytes objects = new Bytes();
        for (String stream : streams) {
            objects.hexadecimal("9107DCB7B7A9CF118EE600C00C205365")
                    .u32le(78)
                    .u32le(0)
                    .hexadecimal(
                            stream.equals("soun")
                                    ? "409E69F84D5BCF11A8FD00805F5C442B"
                                    : "C0EF19BC4D5BCF11A8FD00805F5C442B")
                    .zeros(38);
        }
        byte[] all = objects.toArray();
        return new Bytes()
                .hexadecimal("3026B2758E66CF11A6D900AA0062CE6C")
                .u32le(30L + all.length)
                .u32le(0)
                .u32le(streams.length)
                .hexadecimal("0102")
                .add(all)
                .noise(300)
                .toArray();
    }

    /** A transport stream with its tables, which list kinds of streams. */
    public static byte[] programs(int... kinds) {
        byte[] association = new Bytes()
                .hexadecimal("47400010 00 00B00D 0001C10000 0001E100 00000000")
                .toArray();
        Bytes map = new Bytes()
                .hexadecimal("47410010 00 02")
                .u16(0xB000 | 13 + 5 * kinds.length)
                .hexadecimal("0001C10000 E101 F000");
        for (int i = 0; i < kinds.length; i++) {
            map.u8(kinds[i]).u16(0xE101 + i).u16(0xF000);
        }
        Bytes stream = new Bytes();
        for (byte[] table : new byte[][] {association, map.zeros(4).toArray()}) {
            byte[] packet = java.util.Arrays.copyOf(table, 188);
            java.util.Arrays.fill(packet, table.length, 188, (byte) 0xFF);
            stream.add(packet);
        }
        for (int i = 0; i < 20; i++) {
            stream.hexadecimal("474101 10").noise(184);
        }
        return stream.toArray();
    }

    public static byte[] flac() {
        return new Bytes()
                .ascii("fLaC")
                .hexadecimal("00000022 10001000")
                .noise(100)
                .toArray();
    }

    public static byte[] amr() {
        return new Bytes().ascii("#!AMR\n").hexadecimal("3C").noise(100).toArray();
    }

    public static byte[] aiff() {
        return new Bytes()
                .ascii("FORM")
                .u32(200)
                .ascii("AIFFCOMM")
                .u32(18)
                .u16(1)
                .u32(8)
                .u16(16)
                .zeros(170)
                .toArray();
    }
}
