package dev.waybill.platform.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "image", "image/", "*/*", "image/*", "image/png\r\nX: y", "image/p\u00e4g", "a b/c"})
    void whatCannotBeSignedIsNoMediaType(String contentType) {
        assertThat(MediaTypes.normalize(contentType)).isEmpty();
        assertThat(MediaTypes.canonical(contentType)).isEqualTo(MediaTypes.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, image/png",
        "'TEXT/csv; charset=binary ', TEXT/csv; charset=binary",
        "text/plain; name=größe.txt, text/plain",
        "'', application/octet-stream",
        "null, application/octet-stream",
        "undefined, application/octet-stream",
        "text, application/octet-stream",
        "csv, application/octet-stream",
        "*/*, application/octet-stream",
        "image, application/octet-stream",
        "image/*, application/octet-stream",
        "'text/html,text/plain', application/octet-stream",
        "größe/x, application/octet-stream"
    })
    void whatIsSignedIsWhatWasSentOrUnknown(String sent, String signed) {
        assertThat(MediaTypes.signable(sent)).isEqualTo(signed);
    }

    @ParameterizedTest
    @CsvSource({
        "image/bmp, a BMP image",
        "image/png, a PNG image",
        "image/heic, a HEIC image",
        "image/x-ms-bmp, a BMP image",
        "video/mp4, an MP4 video",
        "audio/mp4, an MP4 sound file",
        "video/x-ms-asf, a Windows Media video",
        "audio/x-pn-realaudio, a RealAudio file",
        "image/vnd.radiance, a Radiance image",
        "image/vnd.zbrush.pcx, a PCX image",
        "image/x-portable-pixmap, a PPM image",
        "video/x-ms-wvx, a WVX video",
        "application/pdf, a PDF document",
        "application/x-msdownload, an executable",
        "application/vnd.made-up, a file of type application/vnd.made-up",
        "nonsense, a file of no known format"
    })
    void aTypeIsCalledWhatPeopleCallIt(String type, String phrase) {
        assertThat(MediaTypes.phrase(type)).isEqualTo(phrase);
    }

    @Test
    void parametersAndCaseAreLeftOut() {
        assertThat(MediaTypes.normalize("Text/HTML; charset=utf-8")).contains("text/html");
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpg, image/jpeg",
        "IMAGE/PJPEG, image/jpeg",
        "audio/x-wav, audio/wav",
        "audio/webm;codecs=opus, audio/webm",
        "application/x-pdf, application/pdf",
        "application/x-csv ; charset=x, text/csv",
        "text/comma-separated-values, text/csv",
        "application/jsonlines, application/x-ndjson",
        "text/json, application/json",
        "binary/octet-stream, application/octet-stream",
        "application/x-www-form-urlencoded, application/octet-stream",
        "multipart/form-data; boundary=x, application/octet-stream",
        "image/x-pcx, image/vnd.zbrush.pcx",
        "application/x-zip-compressed, application/zip",
        "model/vnd.made-up, model/vnd.made-up"
    })
    void aTypeOfManyNamesHasOne(String written, String canonical) {
        assertThat(MediaTypes.canonical(written)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "a.JPG, image/jpeg",
        "a.csv., text/csv",
        "a.csv.bak, text/csv",
        "a.xlsx.crdownload, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "a.jsonl, application/x-ndjson",
        "a.mts, video/mp2t",
        "blob, application/octet-stream",
        ".tmp, application/octet-stream",
        "..., application/octet-stream",
        "a.nobody-knows, application/octet-stream"
    })
    void aNameSuggestsAType(String filename, String mediaType) {
        assertThat(MediaTypes.ofName(filename)).isEqualTo(mediaType);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, image/webp, true",
        "IMAGE, video/mp4, false",
        "VIDEO, video/quicktime, true",
        "VIDEO, application/mp4, true",
        "AUDIO, audio/mpeg, true",
        "PDF, application/pdf, true",
        "PDF, image/png, false",
        "TEXT, text/markdown, true",
        "TEXT, application/json, true",
        "TEXT, image/svg+xml, true",
        "TEXT, image/png, false",
        "JSON, application/ld+json, true",
        "JSON, application/jsonl, true",
        "JSON, text/plain, false",
        "EXCEL, application/vnd.ms-excel, true",
        "EXCEL, application/vnd.ms-excel.sheet.binary.macroenabled.12, true",
        "EXCEL, application/pdf, false",
        "DOCUMENT, application/msword, true",
        "DOCUMENT, application/vnd.ms-excel, true",
        "DOCUMENT, application/vnd.ms-powerpoint, true",
        "DOCUMENT, image/png, false",
        "BINARY, application/octet-stream, true"
    })
    void aPropertyTakesWhatItsTypeMeans(FileKind kind, String mediaType, boolean takes) {
        assertThat(kind.takes(mediaType)).isEqualTo(takes);
    }

    @Test
    void labelsAreWhatPeopleCallThem() {
        assertThat(MediaTypes.label("image/png")).isEqualTo("PNG");
        assertThat(MediaTypes.label("text/plain")).isEqualTo("TEXT");
        assertThat(MediaTypes.label(MediaTypes.UNKNOWN)).isEqualTo("unrecognized bytes");
    }

    @Test
    void whatIsExpectedIsTheLikeliestFirst() {
        assertThat(Formats.expected("application/vnd.ms-excel", "a.csv"))
                .containsExactly("application/vnd.ms-excel", "text/csv");
        assertThat(Formats.expected("video/mp4", "a.mp4")).containsExactly("video/mp4", "audio/mp4");
        assertThat(Formats.expected("image/png", "a.pdf")).containsExactly("image/png");
        assertThat(Formats.expected("", "a.pdf")).containsExactly("application/pdf");
        assertThat(Formats.expected(null, "blob")).isEmpty();
    }
}
