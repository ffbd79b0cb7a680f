package dev.waybill.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebUrlTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a b.txt | /a%20b.txt",
                "/a%20b.txt?x=1 2 | /a%20b.txt?x=1%202",
                "/photo[1].txt?x=[1] | /photo%5B1%5D.txt?x=[1]",
                "/100%.txt | /100%25.txt",
                "/写 真.txt | /%E5%86%99%20%E7%9C%9F.txt",
                "/a{1}^`\"<>.txt | /a%7B1%7D%5E%60%22%3C%3E.txt",
            })
    void urlsAreReadAsBrowsersReadThem(String url, String requested) {
        assertThat(WebUrl.encoded(" http://host" + url + " ")).isEqualTo("http://host" + requested);
        assertThat(FetchTarget.problem("http://host" + url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ho st/",
                "http://host\\@evil/",
                "http://host /",
                "http://a@host/a b",
                "http://10.0.0.1 /",
                "http://host/a\nb",
                "ht tp://host/"
            })
    void whatBrowsersTakeForAnotherHostIsRefused(String url) {
        assertThat(FetchTarget.problem(url)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h/a/b/c | x           | http://h/a/b/x",
                "http://h/a/b/c | ../x        | http://h/a/x",
                "http://h/a/b/c | ../../../x  | http://h/x",
                "http://h/a/b/c | ./x/./y/..  | http://h/a/b/x/",
                "http://h/a/b/c | /x/../y z   | http://h/y%20z",
                "http://h/a/b/c | ..          | http://h/a/",
                "http://h/a/b/c | %2e%2E/x    | http://h/a/x",
                "http://h/a//b/c | x          | http://h/a//b/x",
                "http://h       | x y         | http://h/x%20y",
                "http://h       | ../x        | http://h/x",
                "http://h/a/b?q | ?x=1        | http://h/a/b?x=1",
                "http://h/a/b?q | #x          | http://h/a/b?q",
                "https://h:8443/a | //g/x y   | https://g/x%20y",
                "http://h/a     | https://g/x y?z | https://g/x%20y?z",
                "http://h/a     | /\u00e9.txt  | http://h/%E9.txt",
            })
    void redirectsLeadWhereBrowsersGo(String from, String location, String to) {
        assertThat(WebUrl.redirect(URI.create(from), location)).contains(URI.create(to));
    }
}
