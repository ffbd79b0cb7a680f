package dev.waybill.objects.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataUriTests {

    /** The bytes as ISO-8859-1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "data:,A%20brief%20note|A brief note|",
                "data:text/plain,a+b%2Bc,d|a+b+c,d|text/plain",
                "data:text/plain;charset=iso-8859-7,%be%d3|\u00be\u00d3|text/plain;charset=iso-8859-7",
                "data:;charset=utf-8,%C3%A9|\u00c3\u00a9|text/plain;charset=utf-8",
                "data:image/svg+xml;utf8,<svg/>|<svg/>|image/svg+xml;utf8",
                "data:text/plain;name=\"a,b\",x|x|text/plain;name=\"a,b\"",
                "data:text/csv;charset=shift_jis;base64,j6Q=|\u008f\u00a4|text/csv;charset=shift_jis",
                "DATA:Text/Plain;BASE64,aGk=|hi|Text/Plain",
                "data:;base64,aGk|hi|",
                "data:text/plain;base64,_-8|\u00ff\u00ef|text/plain",
                "data:text/plain;base64,%2F%2B8%3D|\u00ff\u00ef|text/plain",
                "data:text/plain; base64,aGk=|hi|text/plain",
                "data:text/plain;base64, aG\tk= |hi|text/plain",
                "data:,||",
                "_-8|\u00ff\u00ef|"
            })
    void readsBytesAndMediaType(String written, String bytes, String mediaType) {
        DataUri read = DataUri.read(written);
        assertThat(read.problem()).isNull();
        assertThat(new String(read.bytes(), StandardCharsets.ISO_8859_1)).isEqualTo(bytes == null ? "" : bytes);
        assertThat(read.mediaType()).isEqualTo(mediaType);
    }

    @Test
    void joinsLinesOfBase64() {
        assertThat(DataUri.read("aG\r\nk=").bytes()).isEqualTo(new byte[] {'h', 'i'});
        byte[] bytes = new byte[200];
        String lines = Base64.getMimeEncoder().encodeToString(bytes);
        assertThat(DataUri.read(lines).bytes()).isEqualTo(bytes);
        assertThat(DataUri.read("data:image/png;base64,\n" + lines).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64", "data:text/plain", "data:"})
    void aMissingCommaIsExplained(String written) {
        assertThat(DataUri.read(written).problem()).contains("without a comma");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data:image/png;base64,a*b=", "data:;base64,aGk=aGk=", "data:;base64,a", "data:;base64,a\0"})
    void malformedBase64IsReported(String written) {
        assertThat(DataUri.read(written).problem()).contains("says base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:,100%", "data:,%zz", "data:,%4"})
    void aBrokenEscapeIsExplained(String written) {
        assertThat(DataUri.read(written).problem()).contains("%25");
    }

    @Test
    void otherTextReportsTheAcceptedForms() {
        assertThat(DataUri.read("not a file").problem()).isEqualTo("data must be a URL, a data: URI or base64");
    }

    @Property
    void anyTextReturnsBytesOrAProblem(@ForAll String text) {
        for (String uri : new String[] {text, "data:" + text, "data:," + text, "data:;base64," + text}) {
            DataUri read = DataUri.read(uri);
            assertThat(read.bytes() == null).isEqualTo(read.problem() != null);
        }
    }
}
