package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.utf8;
import static dev.waybill.platform.formats.FileKind.DOCUMENT;
import static dev.waybill.platform.formats.FileKind.TEXT;
import static dev.waybill.platform.formats.FormatCase.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Fits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a name and a declared type lead to expect: what they rule out before any byte is seen, and what not. */
class ExpectedFormatsTests {

    @ParameterizedTest
    @CsvSource({
        "a.mts, model/vnd.mts",
        "a.stl, model/stl",
        "a.stl, application/vnd.ms-pki.stl",
        "a.dxf, image/vnd.dxf",
        "a.eps, image/x-eps",
        "a.eps, application/postscript",
        "a.mhtml, multipart/related",
        "a.mht, message/rfc822",
        "a.pls, audio/x-scpls",
        "a.m3u, audio/x-mpegurl",
        "a.pgn, application/vnd.chess-pgn",
        "a.org, ''",
        "a.edi, application/EDI-X12",
        "a.edi, application/edifact",
        "a.pdb, chemical/x-pdb",
        "a.mol, chemical/x-mdl-molfile",
        "a.desktop, application/x-desktop",
        "a.url, application/x-mswinurl",
        "a.inf, application/inf",
        "a.inf, ''",
        "a.hta, application/hta",
        "a.1, application/x-troff-man",
        "a.ovpn, application/x-openvpn-profile",
        "a.obj, application/x-tgif",
        "a.obj, model/obj",
        "a.mat, ''",
        "a.sas, ''",
        "a.do, ''",
        "a.bin, model/vnd.made-up",
        "a.ppm, image/x-portable-pixmap",
        "a.org, application/vnd.lotus-organizer",
        "go.mod, ''",
        "go.mod, application/octet-stream",
        "scene.hdr, ''",
        "list.ram, ''",
        "curve.fit, ''",
        "curve.fts, ''",
        "script.au, ''",
        "map.mid, ''",
        "list.numbers, ''",
        "list.pages, application/octet-stream"
    })
    void whatMayBeTextIsLeftToItsBytes(String filename, String declared) {
        assertThat(TEXT.mayTake(Formats.expected(declared, filename))).isTrue();
        assertThat(DOCUMENT.mayTake(Formats.expected(declared, filename))).isTrue();
        DetectionResult text = answer(TEXT, filename, declared, utf8("some words\n"));
        assertThat(text).isInstanceOf(Fits.class);
        assertThat(text.isAsDeclared() || declared.startsWith("image/")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "VIDEO, A.MTS, model/vnd.mts",
        "VIDEO, v.mjpeg, image/jpeg",
        "VIDEO, v.rmvb, ''",
        "VIDEO, v.rmvb, application/vnd.rn-realmedia-vbr",
        "JSON, blob, text/plain",
        "JSON, a.jl, ''",
        "JSON, a.json5, ''",
        "EXCEL, export, text/plain",
        "EXCEL, export.txt, text/plain",
        "IMAGE, a.svgz, image/svg+xml",
        "IMAGE, a.svgz, ''",
        "IMAGE, a.svgz, application/gzip",
        "IMAGE, blob, application/gzip",
        "IMAGE, blob, text/xml",
        "EXCEL, blob, application/zip",
        "EXCEL, x.tmp, application/x-zip-compressed",
        "EXCEL, a.zip, application/zip",
        "EXCEL, a.zip, ''",
        "DOCUMENT, blob, application/x-zip-compressed",
        "EXCEL, blob, application/x-ole-storage",
        "TEXT, blob, application/vnd.ms-excel",
        "TEXT, a.xls, application/vnd.ms-excel",
        "TEXT, a.xls, application/octet-stream",
        "TEXT, a.ppt, ''",
        "TEXT, a.msg, ''",
        "TEXT, a.doc, application/msword",
        "TEXT, a.xlsx, ''",
        "JSON, blob, text/html",
        "JSON, blob, application/x-made-up",
        "PDF, drawing.ai, application/postscript",
        "PDF, drawing.ai, application/illustrator",
        "AUDIO, a.mov, video/quicktime",
        "AUDIO, blob, video/quicktime",
        "AUDIO, a.avi, ''",
        "AUDIO, a.wmv, video/x-ms-wmv",
        "AUDIO, a.mxf, application/mxf",
        "VIDEO, a.ogg, audio/ogg"
    })
    void whatMayFitIsNotRefusedBeforeItIsSeen(FileKind kind, String filename, String declared) {
        assertThat(kind.mayTake(Formats.expected(declared, filename))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT, a.png, image/png",
        "TEXT, a.txt, image/png",
        "TEXT, a, image/jpeg",
        "TEXT, a.mp3, audio/mpeg",
        "TEXT, a, video/mp4",
        "TEXT, a.zip, application/zip",
        "TEXT, a.mod, video/mpeg",
        "TEXT, a.hdr, image/vnd.radiance",
        "TEXT, a.pdf, application/pdf",
        "TEXT, a.exe, application/x-msdownload",
        "TEXT, a.png, ''",
        "TEXT, a.heic, image/heic",
        "TEXT, a, image/webp",
        "JSON, a.png, image/png",
        "JSON, a.zip, application/zip",
        "EXCEL, a.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "IMAGE, a.pdf, image/pdf",
        "VIDEO, a.mp3, audio/mpeg",
        "EXCEL, a.pdf, application/pdf",
        "IMAGE, a.txt, text/plain",
        "IMAGE, a.dxf, image/vnd.dxf",
        "VIDEO, a.jpg, image/jpeg",
        "DOCUMENT, a.png, image/png",
        "PDF, a.txt, text/plain"
    })
    void aClearContradictionIsRefusedBefore(FileKind kind, String filename, String declared) {
        assertThat(kind.mayTake(Formats.expected(declared, filename))).isFalse();
    }
}
