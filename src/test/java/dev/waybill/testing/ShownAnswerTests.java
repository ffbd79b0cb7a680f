package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class ShownAnswerTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id": "upl_…"}                | {"id":"upl_0V","status":"PENDING"}
            {"id": "…", "count": 0}        | {"count":0,"id":"x"}
            {"blobs": [{"type": "image"}]} | {"blobs":[{"type":"image","url":"x"},{"type":"text"}]}
            {"error": {"code": "a"}}       | {"error":{"code":"a","message":"b"}}
            "…"                            | "0cc175b9"
            200                            | 200
            """)
    void leavingOutIsAllowed(String shown, String real) {
        ShownAnswer.assertShows(shown, real);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id": "upl_…"}                | {"upload_id":"upl_0V"}
            {"id": "upl_…"}                | {"id":"obj_0V"}
            {"id": "…"}                    | {"id":null}
            {"id": "…"}                    | {"id":""}
            {"count": 0}                   | {"count":1}
            {"count": 0}                   | {"count":"0"}
            {"blobs": [{"type": "image"}]} | {"blobs":[]}
            {"blobs": [{"type": "image"}]} | {"blobs":{"type":"image"}}
            {"error": {"code": "a"}}       | {"code":"a"}
            {"id": "a"}                    | {"id":"a"}{"id":"b"}
            {"id": "a"}                    | no such host
            "…"                            | no such host
            200                            | 403
            """)
    void whatDiffersIsSeen(String shown, String real) {
        assertThatThrownBy(() -> ShownAnswer.assertShows(shown, real))
                .isInstanceOfAny(AssertionError.class, JacksonException.class);
    }
}
