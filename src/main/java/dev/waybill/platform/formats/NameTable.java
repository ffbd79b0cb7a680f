package dev.waybill.platform.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The media types of file name extensions; one that stands in several lines may mean each, the first above all. */
final class NameTable {

    private static final String TABLE = """
        image/jpeg jpg jpeg jpe jfif pjpeg pjp
        image/png png
        image/apng apng
        image/gif gif
        image/webp webp
        image/heic heic heics hif
        image/heif heif heifs
        image/avif avif avifs
        image/tiff tif tiff
        image/bmp bmp dib
        image/svg+xml svg
        image/x-tga tga icb vda vst
        image/x-icon ico
        image/x-xbitmap xbm
        image/x-xpixmap xpm
        image/x-portable-bitmap pbm
        image/x-portable-graymap pgm
        image/x-portable-pixmap ppm
        image/x-portable-anymap pnm
        image/x-portable-arbitrarymap pam
        image/x-portable-floatmap pfm
        image/x-portable-halfmap phm
        image/svg+xml-compressed svgz
        image/x-eps eps epsf epsi
        image/vnd.radiance hdr rgbe xyze
        image/x-sun-raster ras sun
        image/x-xwindowdump xwd
        image/x-msp msp
        image/x-im im
        image/fits fits fit fts
        image/vnd.adobe.photoshop psd psb
        image/jp2 jp2
        image/jxl jxl
        audio/mpeg mp3 mp2 mpga
        audio/mp4 m4a m4b m4p f4a
        audio/aac aac adts
        audio/wav wav wave rf64 bwf
        audio/flac flac
        audio/ogg ogg oga opus spx
        audio/aiff aif aiff aifc
        audio/amr amr
        audio/amr-wb awb
        audio/midi mid midi kar rmi
        audio/basic au snd
        audio/x-pn-realaudio ram
        audio/x-ms-wma wma
        audio/vnd.dts dts
        audio/vnd.dts.hd dtshd
        audio/x-matroska mka
        audio/webm weba
        audio/x-caf caf
        video/mp4 mp4 mp4v mpg4
        audio/mp4 mp4
        video/mp4 m4s cmfv
        audio/mp4 m4s cmfa
        video/x-m4v m4v
        video/quicktime mov qt
        video/webm webm
        audio/webm webm
        video/x-matroska mkv mk3d
        audio/x-matroska mkv
        video/x-msvideo avi
        video/mp2t ts mts m2ts m2t
        text/x-typescript ts mts cts tsx
        video/mpeg mpg mpeg mpe m1v m2v vob mod m2p
        video/dv dv dif
        video/h264 h264 264 avc jsv
        video/h265 h265 265 hevc
        video/x-motion-jpeg mjpeg mjpg
        video/ogg ogv ogx ogg
        video/3gpp 3gp 3gpp
        audio/3gpp 3gp 3gpp 3ga
        video/3gpp2 3g2 3gpp2
        audio/3gpp2 3g2 3gpp2
        video/x-yuv4mpeg y4m
        video/x-ivf ivf
        video/h263 h263 263
        video/x-dirac drc
        video/x-dnxhd dnxhd
        video/x-gxf gxf
        video/x-ms-wtv wtv
        audio/x-loas loas latm
        audio/x-gsm gsm
        audio/x-adx adx
        audio/vnd.dolby.mlp mlp thd truehd
        application/x-shockwave-flash swf
        video/x-av1 obu av1
        application/vnd.rn-realmedia rm rmvb
        video/x-flv flv
        video/x-ms-wmv wmv
        video/x-ms-asf asf
        audio/x-ms-wma asf
        application/mxf mxf
        application/pdf pdf
        application/zip zip
        application/gzip gz tgz
        application/vnd.rar rar
        application/x-7z-compressed 7z
        application/x-bzip2 bz2
        application/x-tar tar
        application/json json webmanifest ipynb
        application/geo+json geojson
        application/json5 json5
        application/x-ndjson jsonl ndjson
        text/x-julia jl
        application/x-ndjson jl
        text/csv csv
        text/tab-separated-values tsv tab
        application/vnd.apple.numbers numbers
        application/vnd.apple.pages pages
        text/plain txt text log conf cfg ini diff patch
        text/plain mod hdr ram fit fts au snd mid numbers pages
        text/markdown md markdown mdown
        text/html html htm
        application/xhtml+xml xhtml xht
        application/xml xml xsd xsl plist
        application/yaml yaml yml
        application/toml toml
        application/sql sql
        application/rtf rtf
        text/javascript js mjs cjs
        text/css css
        text/x-python py
        text/x-java java
        application/postscript ps eps epsf epsi
        application/x-tex tex
        application/x-bibtex bib
        application/x-bat bat cmd
        application/x-sh sh
        application/vnd.apple.keynote key
        application/x-pem-file pem key crt cer csr p8
        text/vnd.graphviz gv
        application/x-subrip srt
        text/vtt vtt
        text/calendar ics
        text/vcard vcf
        message/rfc822 eml mht mhtml
        application/mbox mbox
        application/msword doc dot
        application/vnd.ms-excel xls xlt xla
        application/vnd.ms-powerpoint ppt pps pot
        application/vnd.ms-outlook msg
        application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
        application/vnd.openxmlformats-officedocument.wordprocessingml.template dotx
        application/vnd.ms-word.document.macroenabled.12 docm
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
        application/vnd.openxmlformats-officedocument.spreadsheetml.template xltx
        application/vnd.ms-excel.sheet.macroenabled.12 xlsm
        application/vnd.ms-excel.sheet.binary.macroenabled.12 xlsb
        application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
        application/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
        application/vnd.ms-powerpoint.presentation.macroenabled.12 pptm
        text/x-gettext-translation-template pot
        text/vnd.graphviz dot
        application/vnd.oasis.opendocument.text odt
        application/vnd.oasis.opendocument.spreadsheet ods
        application/vnd.oasis.opendocument.presentation odp
        application/vnd.oasis.opendocument.graphics odg
        application/epub+zip epub
        """;

    private NameTable() {}

    static Map<String, List<String>> read() {
        Map<String, List<String>> types = new HashMap<>();
        TABLE.lines().map(line -> line.split(" ")).forEach(words -> {
            for (int i = 1; i < words.length; i++) {
                types.computeIfAbsent(words[i], extension -> new ArrayList<>()).add(words[0]);
            }
        });
        types.replaceAll((extension, of) -> List.copyOf(of));
        return Map.copyOf(types);
    }
}
