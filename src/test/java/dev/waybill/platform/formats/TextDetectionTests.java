package dev.waybill.platform.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What text looks like: the marks of many formats are words. */
class TextDetectionTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P1 incidents of the week\n",
                "P3 is next",
                "P6: later\n",
                "MZ is a signature\n",
                "ID3 tags of songs\n",
                "BZh is what bzip2 files begin with\n",
                "GIF89a explained\n",
                "Rar! said the lion\n",
                "%PDF is what it begins with\n",
                "%!PS-Adobe-3.0\n",
                "070707 was a lucky day\n",
                "070701 was not\n",
                "From: somebody\nMessage-ID: <1@example.com>\n\nhi\n",
                "Message-ID: <1@example.com>\n",
                "\\documentclass{article}\n",
                "@article{a, title={b}}\n",
                "@echo off\r\n",
                "BM 26 is a tank\n",
                "OggS and other words\n",
                "RIFF raff\n",
                "FORM 1040 of the year",
                "MAC address list\n",
                "PK is short for Pakistan\n",
                "II*, MM*\n",
                "fLaC\n",
                "FLV\n",
                "Gone with the wind\n",
                "#!AMR or not\n",
                "!<arch> etype\n",
                "wOFF\n",
                "ftypes of files: moov, mdat and free\n",
                "true crime\n",
                "Received: from mail.example.com\n",
                "#define a 1\n",
                "BEGIN:VCARD\n",
                "x"
            })
    void neverRefusesIt(String words) {
        for (FileKind kind : new FileKind[] {FileKind.TEXT, FileKind.DOCUMENT}) {
            DetectionResult called = answer(words, "notes.txt", "text/plain", kind);
            assertThat(called).isInstanceOf(DetectionResult.Fits.class);
            assertThat(called.mediaType()).isEqualTo("text/plain");
            assertThat(called.evidence().charset()).isEqualTo("UTF-8");
            assertThat(answer(words, "notes", "", kind)).isInstanceOf(DetectionResult.Fits.class);
        }
    }

    private static DetectionResult answer(String words, String filename, String declared, FileKind kind) {
        return Formats.answer(new DetectionInput(FileBytes.of(Bytes.utf8(words)), filename, declared, kind));
    }
}
