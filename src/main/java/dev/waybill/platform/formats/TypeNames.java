package dev.waybill.platform.formats;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.tika.Tika;

/**
 * Aliases of media types, and the types that names of files mean. The first of each line is the canonical name: the
 * IANA registry's (https://www.iana.org/assignments/media-types), else what most software writes. The others were seen
 * in what browsers, Windows, mail programs and web servers send.
 */
final class TypeNames {

    static final Map<String, String> ALIASES = aliases("""
            application/octet-stream binary/octet-stream application/binary application/unknown application/x-unknown
            application/octet-stream application/x-unknown-content-type unknown/unknown application/force-download
            application/octet-stream application/x-download application/download application/x-octet-stream
            application/octet-stream application/octetstream application/octet application/x-binary application/save
            application/octet-stream content/unknown application/x-force-download application/x-empty inode/x-empty
            application/octet-stream application/x-www-form-urlencoded multipart/form-data
            image/jpeg image/jpg image/pjpeg image/x-jpeg image/x-jpg image/x-citrix-jpeg application/jpg
            image/png image/x-png image/x-citrix-png application/png
            image/bmp image/x-ms-bmp image/x-bmp image/x-windows-bmp image/x-bitmap image/ms-bmp
            image/tiff image/tif image/x-tiff image/x-tif application/tiff
            image/svg+xml image/svg image/svg-xml application/svg+xml text/svg
            image/x-tga image/x-targa image/targa image/tga application/tga application/x-tga application/x-targa
            image/x-icon image/vnd.microsoft.icon image/ico image/icon
            image/x-xbitmap image/x-xbm image/xbm
            image/x-xpixmap image/x-xpm image/xpm
            image/x-portable-bitmap image/x-pbm image/pbm
            image/x-portable-graymap image/x-pgm image/pgm
            image/x-portable-pixmap image/x-ppm image/ppm
            image/x-portable-anymap image/x-pnm image/pnm
            image/vnd.adobe.photoshop image/psd image/x-psd image/photoshop image/x-photoshop application/x-photoshop
            image/vnd.adobe.photoshop application/photoshop application/psd
            image/jp2 image/jpeg2000 image/x-jp2 image/jpeg2000-image image/x-jpeg2000-image
            image/heic image/x-heic
            image/heif image/x-heif
            image/webp image/x-webp
            image/gif image/x-gif
            audio/wav audio/x-wav audio/wave audio/vnd.wave audio/x-pn-wav audio/x-wave audio/rf64
            audio/mpeg audio/mp3 audio/x-mp3 audio/mpeg3 audio/x-mpeg-3 audio/x-mpeg audio/mpg audio/x-mpg audio/mpa
            audio/mpeg audio/x-mpegaudio audio/mpegaudio
            audio/mp4 audio/m4a audio/x-m4a audio/x-mp4 audio/mp4a-latm audio/m4b audio/x-m4b audio/m4p audio/x-m4p
            audio/aac audio/x-aac audio/aacp audio/x-hx-aac-adts audio/vnd.dlna.adts audio/adts
            audio/flac audio/x-flac
            audio/ogg audio/x-ogg audio/opus audio/vorbis audio/x-vorbis audio/x-vorbis+ogg audio/speex audio/x-speex
            audio/ogg audio/x-opus+ogg audio/x-speex+ogg audio/x-oggflac audio/x-flac+ogg
            audio/aiff audio/x-aiff audio/aif audio/x-aif
            audio/amr audio/x-amr audio/amr-nb
            audio/midi audio/x-midi audio/mid audio/x-mid audio/sp-midi
            audio/basic audio/x-au audio/au
            audio/x-matroska audio/matroska
            audio/webm audio/x-webm
            audio/3gpp audio/3gp audio/x-3gpp
            audio/3gpp2 audio/3g2
            audio/x-caf audio/caf
            audio/vnd.dts audio/dts audio/x-dts audio/x-dca
            audio/vnd.dts.hd audio/dtshd audio/x-dtshd
            image/x-eps image/eps application/eps application/x-eps image/x-encapsulated-postscript
            image/vnd.zbrush.pcx image/x-pcx image/pcx image/x-pc-paintbrush
            image/vnd.radiance image/x-hdr image/x-radiance image/radiance
            image/x-sun-raster image/x-sunraster image/x-sun image/x-ras image/sun-raster
            image/x-xwindowdump image/x-xwd image/xwd
            image/fits application/fits image/x-fits
            image/svg+xml-compressed image/svgz image/x-svgz application/x-svgz
            image/x-portable-arbitrarymap image/x-pam
            application/json5 text/json5 application/x-json5
            text/x-julia text/julia application/julia
            application/x-msi application/x-ms-installer application/x-windows-installer application/msi
            audio/x-mpegurl audio/mpegurl application/x-mpegurl application/mpegurl
            video/mp4 video/x-mp4 video/mpeg4 video/mp4v-es application/mp4
            video/x-m4v video/m4v
            video/quicktime video/x-quicktime video/mov image/mov application/quicktime
            video/x-matroska video/matroska video/mkv video/x-mkv application/x-matroska application/x-mkv
            video/webm video/x-webm
            video/x-msvideo video/avi video/msvideo video/vnd.avi video/x-avi application/avi application/x-troff-msvideo
            video/mp2t video/mpeg2-ts video/m2ts video/mp2ts video/vnd.dlna.mpeg-tts video/x-mpegts video/mpegts
            video/mp2t video/x-mp2t video/avchd-stream video/ts video/mts
            video/mpeg video/mpg video/x-mpeg video/x-mpg video/mp2p video/mpeg2 video/x-mpeg2 video/x-mpeg-system
            video/mpeg video/mpeg-system video/mp1s
            video/dv video/x-dv
            video/h264 video/x-h264 video/avc
            video/h265 video/x-h265 video/hevc
            video/x-motion-jpeg video/x-mjpeg video/mjpeg video/x-motionjpeg video/mjpg
            video/ogg video/x-ogg video/theora video/x-theora video/x-theora+ogg video/ogv
            video/3gpp video/3gp video/x-3gpp
            video/3gpp2 video/3g2
            video/x-yuv4mpeg video/x-raw-yuv video/x-y4m video/y4m
            video/x-av1 video/av1 video/x-obu
            application/vnd.rn-realmedia application/vnd.rn-realmedia-vbr audio/x-pn-realvideo
            video/x-flv video/flv video/x-f4v
            video/x-ms-wmv video/wmv
            video/x-ms-asf video/asf application/vnd.ms-asf application/x-ms-asf
            application/mxf video/mxf video/x-mxf application/x-mxf
            application/ogg application/x-ogg
            application/pdf application/x-pdf application/acrobat applications/vnd.pdf text/pdf text/x-pdf image/pdf
            application/pdf application/x-bzpdf-plain application/vnd.pdf
            application/zip application/x-zip-compressed application/x-zip multipart/x-zip application/x-compress-zip
            application/gzip application/x-gzip application/gzip-compressed application/gzipped application/x-gunzip
            application/gzip gzip/document
            application/vnd.rar application/x-rar-compressed application/x-rar application/rar
            application/x-7z-compressed application/x-7zip application/7z application/x-7z
            application/x-bzip2 application/bzip2 application/x-bz2 application/bz2
            application/x-tar application/tar application/x-ustar
            text/csv text/x-csv application/csv application/x-csv text/comma-separated-values
            text/csv text/x-comma-separated-values text/csv-schema-data application/vnd.ms-excel.csv
            text/tab-separated-values text/tsv text/x-tsv application/tsv
            text/plain text/x-log text/log text/txt application/txt application/text application/x-text text/x-plain
            text/markdown text/x-markdown application/markdown text/x-web-markdown
            application/json text/json application/x-json text/x-json application/vnd.json
            application/x-ndjson application/jsonl application/jsonlines application/x-jsonlines application/x-jsonl
            application/x-ndjson application/ndjson application/jsonl+json application/json-lines text/jsonl text/x-jsonl
            application/x-ndjson text/x-ndjson text/ndjson application/json-seq-lines application/jsonlines+json
            application/xml text/xml application/x-xml
            application/yaml application/x-yaml text/yaml text/x-yaml text/vnd.yaml
            text/javascript application/javascript application/x-javascript text/x-javascript application/ecmascript
            application/rtf text/rtf application/x-rtf text/richtext
            application/sql text/sql text/x-sql
            application/vnd.ms-excel application/excel application/x-excel application/x-msexcel application/msexcel
            application/vnd.ms-excel application/xls application/x-xls application/x-ms-excel application/x-dos_ms_excel
            application/msword application/x-msword application/doc application/vnd.msword application/word
            application/msword application/vnd.ms-word application/ms-word application/winword
            application/vnd.ms-powerpoint application/mspowerpoint application/powerpoint application/x-mspowerpoint
            application/vnd.ms-powerpoint application/ppt application/ms-powerpoint
            application/vnd.ms-outlook application/x-msg application/msoutlook
            application/x-ole-storage application/x-tika-msoffice application/cdfv2 application/x-cfb
            application/epub+zip application/epub application/x-epub+zip
            application/x-dosexec application/x-msdownload application/x-ms-dos-executable application/x-msi-executable
            application/x-dosexec application/vnd.microsoft.portable-executable application/exe application/x-exe
            """);

    private static final Tika REGISTRY = new Tika();
    private static final Map<String, List<String>> EXTENSIONS = NameTable.read();

    /** Put after a name that was there, by browsers and editors. */
    private static final Set<String> PUT_AFTER = Set.of(
            "tmp", "temp", "bak", "old", "orig", "part", "crdownload", "download", "filepart", "partial", "blob");

    private TypeNames() {}

    /** The types that a name may mean, the likeliest first; none when it says nothing. */
    static List<String> ofName(String filename) {
        String name = filename.toLowerCase(Locale.ROOT);
        int end = name.length();
        while (true) {
            while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
                end--;
            }
            int dot = name.lastIndexOf('.', end - 1);
            if (dot < 0) {
                return List.of();
            }
            String extension = name.substring(dot + 1, end);
            if (!PUT_AFTER.contains(extension)) {
                List<String> known = EXTENSIONS.get(extension);
                return known == null ? registered(extension) : known;
            }
            end = dot;
        }
    }

    /** All that names of files are known to mean. */
    static Stream<String> types() {
        return EXTENSIONS.values().stream().flatMap(List::stream);
    }

    private static List<String> registered(String extension) {
        String type = MediaTypes.canonical(REGISTRY.detect("a." + extension));
        return type.equals(MediaTypes.UNKNOWN) ? List.of() : List.of(type);
    }

    private static Map<String, String> aliases(String table) {
        Map<String, String> aliases = new HashMap<>();
        table.lines()
                .map(line -> line.split(" "))
                .forEach(words -> Stream.of(words).skip(1).forEach(alias -> aliases.put(alias, words[0])));
        return Map.copyOf(aliases);
    }
}
