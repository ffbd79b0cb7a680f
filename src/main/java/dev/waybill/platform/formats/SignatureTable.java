package dev.waybill.platform.formats;

/**
 * Formats that a few bytes at a fixed offset show. A line is the offset, the bytes (hexadecimal, {@code '...'} for
 * ASCII, {@code ..} for any), the media type, the name, the phrase, and further types that such bytes may be called.
 * Lines with # name the sources of the ones below.
 */
final class SignatureTable {

    static final String PICTURES = """
        # ITU-T T.81 B.1.1: SOI, then another marker. Frames one after the other are Motion JPEG.
        0 | FFD8FF | image/jpeg | JPEG | a JPEG image | video/x-motion-jpeg
        # W3C PNG 5.2
        0 | 89'PNG' 0D0A1A0A | image/png | PNG | a PNG image | image/apng
        # W3C MNG 1.0
        0 | 8A'MNG' 0D0A1A0A | video/x-mng | MNG | an MNG animation |
        # GIF89a specification, 17
        0 | 'GIF87a' | image/gif | GIF | a GIF image |
        0 | 'GIF89a' | image/gif | GIF | a GIF image |
        # TIFF 6.0 section 2, and BigTIFF; cameras' raw formats are told by name alone
        0 | 'II' 2A00 | image/tiff | TIFF | a TIFF image | image/x-canon-cr2 image/x-adobe-dng image/x-raw-adobe image/x-nikon-nef image/x-raw-nikon image/x-sony-arw image/x-raw-sony image/x-epson-erf image/x-kodak-dcr image/x-raw-canon
        0 | 'MM' 002A | image/tiff | TIFF | a TIFF image | image/x-adobe-dng image/x-raw-adobe image/x-nikon-nef image/x-raw-nikon image/x-sony-arw image/x-raw-sony image/x-pentax-pef image/x-raw-pentax
        0 | 'II' 2B00 | image/tiff | TIFF | a TIFF image |
        0 | 'MM' 002B | image/tiff | TIFF | a TIFF image |
        # ITU-T T.832 annex A
        0 | 'II' BC01 | image/jxr | JPEG XR | a JPEG XR image | image/vnd.ms-photo
        # Adobe Photoshop File Formats Specification
        0 | '8BPS' 0001 | image/vnd.adobe.photoshop | PSD | a Photoshop image |
        0 | '8BPS' 0002 | image/vnd.adobe.photoshop | PSD | a Photoshop image |
        # ISO/IEC 15444-1 A.4.1, a bare codestream
        0 | FF4FFF51 | image/x-jp2-codestream | J2K | a JPEG 2000 image | image/jp2
        # ISO/IEC 18181-1, a bare codestream
        0 | FF0A | image/jxl | JPEG XL | a JPEG XL image |
        # OpenEXR file layout
        0 | 762F3101 | image/aces | EXR | an OpenEXR image | image/x-exr
        # Microsoft DDS_HEADER
        0 | 'DDS ' 7C000000 | image/vnd.ms-dds | DDS | a DDS image | image/x-dds
        # https://qoiformat.org
        0 | 'qoif' 0000 | image/qoi | QOI | a QOI image | image/x-qoi
        # GIMP xcf.txt
        0 | 'gimp xcf ' | image/x-xcf | XCF | a GIMP image |
        # Apple Icon Image format
        0 | 'icns' 00 | image/icns | ICNS | an Apple icon | image/x-icns
        # SGI Image File Format 1.0: storage, and bytes a sample
        0 | 01DA0001 | image/x-sgi | SGI | an SGI image | image/sgi image/x-rgb
        0 | 01DA0101 | image/x-sgi | SGI | an SGI image | image/sgi image/x-rgb
        0 | 01DA0002 | image/x-sgi | SGI | an SGI image | image/sgi
        0 | 01DA0102 | image/x-sgi | SGI | an SGI image | image/sgi
        # ZSoft PCX Technical Reference: version 5, run lengths, one byte a sample
        0 | 0A050108 | image/vnd.zbrush.pcx | PCX | a PCX image
        # MS-WMF 2.3.2.3 and MS-EMF 2.3.4.2
        0 | D7CDC69A | image/wmf | WMF | a Windows metafile | image/x-wmf
        40 | 20'EMF' | image/emf | EMF | a Windows metafile | image/x-emf
        # Adobe EPSF 3.0 appendix D: PostScript behind a binary header
        0 | C5D0D3C6 | image/x-eps | EPS | an EPS image | application/postscript
        # Sun rasterfile(5); FITS Standard 4.0, 4.4.1.1
        0 | 59A66A95 | image/x-sun-raster | SUN RASTER | a Sun raster image | image/x-cmu-raster
        0 | 'SIMPLE  =                    T' | image/fits | FITS | a FITS image |
        # Farbfeld format; BPG 1.0 specification 3.1; FLIF16 specification
        0 | 'farbfeld' 0000 | image/x-farbfeld | FARBFELD | a farbfeld image |
        0 | 425047FB | image/bpg | BPG | a BPG image | image/x-bpg
        0 | 'FLIF' ..'1' | image/flif | FLIF | a FLIF image |
        # Blizzard's BLP 2: how it is packed
        0 | 'BLP2' 01000000 | image/x-blp | BLP | a BLP texture |
        # SMPTE ST 268 5.1; Khronos KTX 2.0
        0 | 'SDPX' 0000 | image/x-dpx | DPX | a DPX image |
        0 | 'XPDS' .. .. 0000 | image/x-dpx | DPX | a DPX image |
        0 | AB'KTX ' | image/ktx | KTX | a KTX texture | image/ktx2
        # ZSoft DCX; Pixar raster
        0 | B168DE3A | image/x-dcx | DCX | a DCX image |
        # DICOM PS3.10 section 7.1
        128 | 'DICM' | application/dicom | DICOM | a DICOM image | image/dicom
        """;

    static final String MEDIA = """
        # id3.org, ID3v2.4 3.1; the tag may also stand before other sound
        0 | 'ID3' 02 | audio/mpeg | MP3 | an MP3 file | audio/aac audio/flac
        0 | 'ID3' 03 | audio/mpeg | MP3 | an MP3 file | audio/aac audio/flac
        0 | 'ID3' 04 | audio/mpeg | MP3 | an MP3 file | audio/aac audio/flac
        # APEv2 1.0, header: the tag stands before sound of several kinds, MP3 most of all
        0 | 'APETAGEX' D0070000 | audio/mpeg | MP3 | an MP3 file | audio/x-ape audio/x-wavpack audio/x-musepack audio/aac
        # RFC 9639 section 6
        0 | 'fLaC' | audio/flac | FLAC | a FLAC file |
        # RFC 4867 section 5.1
        0 | '#!AMR' 0A | audio/amr | AMR | an AMR file | audio/3gpp
        0 | '#!AMR-WB' 0A | audio/amr-wb | AMR-WB | an AMR file | audio/amr
        # Apple Core Audio Format 1.0
        0 | 'caff' 0001 | audio/x-caf | CAF | a Core Audio file |
        # Standard MIDI Files 1.0
        0 | 'MThd' 00000006 | audio/midi | MIDI | a MIDI file |
        # Sun au(4)
        0 | '.snd' 000000 | audio/basic | AU | an AU file |
        # Sony Wave64: the GUID of riff
        0 | 'riff' 2E91CF11A5D628DB04C10000 | audio/x-w64 | WAVE64 | a Wave64 file | audio/wav
        # WavPack 4 and 5 file format; Monkey's Audio; DSF specification of Sony
        0 | 'wvpk' | audio/x-wavpack | WAVPACK | a WavPack file |
        0 | 'MAC ' | audio/x-ape | APE | a Monkey's Audio file |
        0 | 'DSD ' 1C000000 | audio/x-dsf | DSF | a DSD file |
        # True Audio codec, file format
        0 | 'TTA1' | audio/x-tta | TTA | a True Audio file |
        # ETSI TS 102 366 4.3
        0 | 0B77 | audio/ac3 | AC-3 | an AC-3 file | audio/eac3 audio/vnd.dolby.dd-raw
        # ETSI TS 102 114 5.3 and annex C: sync words of 16 and 14 bits, both byte orders; extension substreams; DTS-HD files
        0 | 7FFE8001 | audio/vnd.dts | DTS | a DTS file | audio/vnd.dts.hd
        0 | FE7F0180 | audio/vnd.dts | DTS | a DTS file | audio/vnd.dts.hd
        0 | 1FFFE800 | audio/vnd.dts | DTS | a DTS file | audio/vnd.dts.hd
        0 | FF1F00E8 | audio/vnd.dts | DTS | a DTS file | audio/vnd.dts.hd
        0 | 64582025 | audio/vnd.dts.hd | DTS-HD | a DTS-HD file | audio/vnd.dts
        0 | 'DTSHDHDR' 00 | audio/vnd.dts.hd | DTS-HD | a DTS-HD file | audio/vnd.dts
        # Musepack SV8 and SV7; TAK 2; Creative Voice File format
        0 | 'MPCK' | audio/x-musepack | MUSEPACK | a Musepack file |
        0 | 'MP+' 07 | audio/x-musepack | MUSEPACK | a Musepack file |
        0 | 'MP+' 17 | audio/x-musepack | MUSEPACK | a Musepack file |
        0 | 'tBaK' 00 | audio/x-tak | TAK | a TAK file |
        0 | 'Creative Voice File' 1A | audio/x-voc | VOC | a Creative voice file |
        # Dolby TrueHD bitstream 3.1: the major sync behind four bytes
        4 | F8726FBA | audio/vnd.dolby.mlp | TRUEHD | a TrueHD file | audio/x-truehd
        4 | F8726FBB | audio/vnd.dolby.mlp | MLP | an MLP file |
        # SMPTE ST 360 7.1: packet leader, map packet, reserved, trailer; the GUID of Windows' recorded television
        0 | 0000000001BC ........ 00000000E1E2 | video/x-gxf | GXF | a GXF video |
        0 | B7D800203749DA11A64E0007E95EAD8D | video/x-ms-wtv | WTV | a WTV video |
        # Dirac 2.2.3, 9.6: parse info of a sequence header; SMPTE ST 2019-1 7.2: the header's prefix
        0 | 'BBCD' 00 | video/x-dirac | DIRAC | a Dirac video |
        0 | 000002800100 | video/x-dnxhd | DNXHD | a DNxHD video |
        0 | 000002800102 | video/x-dnxhd | DNXHD | a DNxHD video |
        # Adobe Flash Video File Format 10.1, E.2: the flags say sound, pictures or both
        0 | 'FLV' 0104 | audio/x-flv | FLV audio | a Flash file with sound alone |
        0 | 'FLV' 01 | video/x-flv | FLV | a Flash video |
        # IVF of libvpx: version 0, a header of 32 bytes; NUT Open Container Format
        0 | 'DKIF' 00002000 | video/x-ivf | IVF | an IVF video |
        # AV1 Bitstream 5.3.2 and 7.5: an empty temporal delimiter, then a sequence header that says its length
        0 | 12000A | video/x-av1 | AV1 | an AV1 video | video/mp4
        # mjpegtools yuv4mpeg(5)
        0 | 'YUV4MPEG2 ' | video/x-yuv4mpeg | Y4M | a YUV4MPEG2 video |
        0 | 'nut/multimedia container' 00 | video/x-nut | NUT | a NUT video | audio/x-nut
        # RealMedia File Format
        0 | '.RMF' 000000 | application/vnd.rn-realmedia | RM | a RealMedia file | audio/x-pn-realaudio video/vnd.rn-realvideo
        # ISO/IEC 11172-1 2.5.3 and 13818-1 2.5.3: pack header; 13818-2 6.2.2.1: sequence header
        0 | 000001BA | video/mpeg | MPEG | an MPEG program stream |
        0 | 000001B3 | video/mpeg | MPEG | an MPEG video | video/mpv
        # ISO/IEC 14496-2 6.2.2: visual object sequence
        0 | 000001B0 | video/x-m4v | MPEG-4 | an MPEG-4 video stream | video/mp4
        # SMPTE ST 377-1 6.1: the key of a header partition pack
        0 | 060E2B34020501010D0102010102 | application/mxf | MXF | an MXF file |
        """;

    static final String OTHERS = """
        # MS-CFB 2.2, RFC 1952 2.3.1, PKWARE APPNOTE 4.3
        0 | 1F8B08 | application/gzip | GZIP | a gzip file | application/x-tgz application/x-gtar application/x-compressed-tar application/x-compressed
        # bzip2's format.txt; XZ 1.2 2.1.1.1; RFC 8878 3.1.1; LZ4 frame 1.6; ncompress
        0 | 'BZh' ..314159265359 | application/x-bzip2 | BZIP2 | a bzip2 file |
        0 | 'BZh' ..177245385090 | application/x-bzip2 | BZIP2 | a bzip2 file |
        0 | FD'7zXZ' 00 | application/x-xz | XZ | an XZ file |
        0 | 28B52FFD | application/zstd | ZSTD | a Zstandard file |
        0 | 04224D18 | application/x-lz4 | LZ4 | an LZ4 file |
        0 | 1F9D | application/x-compress | COMPRESS | a compressed file |
        # 7zFormat.txt
        0 | '7z' BCAF271C | application/x-7z-compressed | 7Z | a 7z archive |
        # RAR 5.0 archive format, and the one before it
        0 | 'Rar!' 1A0700 | application/vnd.rar | RAR | a RAR archive |
        0 | 'Rar!' 1A070100 | application/vnd.rar | RAR | a RAR archive |
        # POSIX.1-1988 ustar, cpio, MS-CAB 2.1, System V ar
        257 | 'ustar' | application/x-tar | TAR | a TAR archive | application/x-gtar
        0 | '070701' | application/x-cpio | CPIO | a CPIO archive |
        0 | '070707' | application/x-cpio | CPIO | a CPIO archive |
        0 | C771 | application/x-cpio | CPIO | a CPIO archive |
        0 | 'MSCF' 00000000 | application/vnd.ms-cab-compressed | CAB | a CAB archive |
        0 | '!<arch>' 0A | application/x-archive | AR | an ar archive | application/vnd.debian.binary-package application/x-debian-package
        # System V ABI, PE Format 1 and 2, Mach-O loader.h, JVMS 4.1, WebAssembly 5.5.15, Dalvik executable format
        0 | 7F'ELF' | application/x-executable | ELF | an executable | application/x-sharedlib application/x-elf application/x-object
        0 | 'MZ' | application/x-dosexec | EXE | a Windows executable |
        0 | FEEDFACE | application/x-mach-o | MACH-O | a macOS executable | application/x-executable
        0 | FEEDFACF | application/x-mach-o | MACH-O | a macOS executable | application/x-executable
        0 | CEFAEDFE | application/x-mach-o | MACH-O | a macOS executable | application/x-executable
        0 | CFFAEDFE | application/x-mach-o | MACH-O | a macOS executable | application/x-executable
        0 | CAFEBABE | application/java-vm | CLASS | a Java class | application/x-mach-o
        0 | 00'asm' | application/wasm | WASM | a WebAssembly module |
        0 | 'dex' 0A | application/x-dex | DEX | an Android executable |
        # sqlite.org/fileformat.html 1.2; parquet.apache.org; arrow.apache.org; avro.apache.org; HDF5 II.A; NumPy NEP 1
        0 | 'SQLite format 3' 00 | application/vnd.sqlite3 | SQLITE | an SQLite database | application/x-sqlite3
        0 | 'PAR1' | application/vnd.apache.parquet | PARQUET | a Parquet file | application/x-parquet
        0 | 'ARROW1' 0000 | application/vnd.apache.arrow.file | ARROW | an Arrow file |
        0 | 'Obj' 01 | application/avro | AVRO | an Avro file | application/x-avro
        0 | 89'HDF' 0D0A1A0A | application/x-hdf5 | HDF5 | an HDF5 file | application/x-hdf
        0 | 93'NUMPY' | application/x-npy | NPY | a NumPy array |
        # W3C WOFF and WOFF2, ISO/IEC 14496-22 4.3
        0 | 'wOFF' | font/woff | WOFF | a font | application/font-woff
        0 | 'wOF2' | font/woff2 | WOFF2 | a font |
        0 | 'OTTO' 00 | font/otf | OTF | a font | application/x-font-otf
        0 | 0001000000 | font/ttf | TTF | a font | application/x-font-ttf font/sfnt
        0 | 'ttcf' 00 | font/collection | TTC | a font |
        # PalmDOC and MOBI; DjVu 3; pcapng
        60 | 'BOOKMOBI' | application/x-mobipocket-ebook | MOBI | an e-book | application/vnd.amazon.ebook
        0 | 'AT&TFORM' | image/vnd.djvu | DJVU | a DjVu document |
        0 | D4C3B2A1 | application/vnd.tcpdump.pcap | PCAP | a packet capture |
        0 | 0A0D0D0A | application/x-pcapng | PCAPNG | a packet capture |
        """;

    private SignatureTable() {}
}
