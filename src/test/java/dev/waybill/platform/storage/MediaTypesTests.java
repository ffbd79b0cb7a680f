package dev.waybill.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTests {

    @ParameterizedTest
    @CsvSource({
        "image/png, image/png, true",
        "image/jpg, image/jpeg, true",
        "image/png, image/jpeg, false",
        "image/png, text/plain, false",
        "image/png, application/octet-stream, false",
        "image/png, application/x-empty, false",
        "text/csv, text/plain, true",
        "text/markdown, text/plain, true",
        "application/json, text/plain, true",
        "application/zip, application/vnd.openxmlformats-officedocument.wordprocessingml.document, true",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document, application/zip, true",
        "image/svg+xml, application/xml, true",
        "application/pdf, text/plain, false",
        "video/mp4, application/mp4, true",
        "video/mp4, video/mp4, true",
        "video/webm, application/x-matroska, true",
        "video/mp4, video/quicktime, true",
        "video/mp4, image/png, false",
        "application/octet-stream, image/png, true",
        "model/vnd.made-up, application/octet-stream, true",
        "model/vnd.made-up, image/png, false"
    })
    void whatIsToldAndWhatIsShownAgreeOrDoNot(String told, String shown, boolean agree) {
        assertThat(MediaTypes.agree(told, shown)).isEqualTo(agree);
    }
}
