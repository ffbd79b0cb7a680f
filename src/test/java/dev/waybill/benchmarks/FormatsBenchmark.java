package dev.waybill.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.waybill.platform.formats.Bytes;
import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.platform.formats.MediaTypes;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.tika.Tika;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.junit.jupiter.api.Test;

/**
 * Type detection by the signature table and the container walks beside Tika's registry, in turns, on one thread, over
 * the first 8 kB of files as confirm reads them; and the slowest of hostile inputs. Machines differ: read the ratios.
 *
 * <p>Not part of the build: {@code ./mvnw test -Dtest=FormatsBenchmark}.
 */
class FormatsBenchmark {

    private static final int ROUNDS = 11;
    private static final int WARM_UP = 5;
    private static final long NANOS_A_ROUND = 60_000_000L;
    private static final Tika TIKA = new Tika();
    private static final MediaTypeRegistry REGISTRY = MediaTypeRegistry.getDefaultRegistry();

    private long sink;

    @Test
    void besideTika() {
        PrintStream out = System.out;
        out.printf("%-22s %10s %8s %10s %9s %7s%n", "", "own us", "bytes", "Tika us", "bytes", "ratio");
        usual().forEach((name, file) -> {
            byte[] head = head(file);
            DetectionInput asked = new DetectionInput(FileBytes.ofHead(head, 5_000_000), name, null, FileKind.BINARY);
            double[] own = new double[ROUNDS];
            double[] ownBytes = new double[ROUNDS];
            double[] others = new double[ROUNDS];
            double[] othersBytes = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                int at = Math.max(round, 0); // the first rounds warm up and are written over
                measure(() -> Formats.answer(asked).mediaType(), own, ownBytes, at);
                measure(() -> byTika(head, name), others, othersBytes, at);
            }
            out.printf(
                    "%-22s %10.2f %8.0f %10.2f %9.0f %7.0f%n",
                    name,
                    median(own) / 1000,
                    median(ownBytes),
                    median(others) / 1000,
                    median(othersBytes),
                    median(others) / median(own));
        });
    }

    @Test
    void theSlowestOfTheHostile() {
        PrintStream out = System.out;
        Map<String, Double> slow = new LinkedHashMap<>();
        hostile().forEach((name, file) -> {
            DetectionInput asked = new DetectionInput(
                    FileBytes.of(head(file), Long.MAX_VALUE, (from, count) -> file), "a", null, FileKind.IMAGE);
            double[] nanos = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                measure(() -> Formats.answer(asked).mediaType(), nanos, new double[ROUNDS], Math.max(round, 0));
            }
            slow.put(name, median(nanos) / 1000);
        });
        slow.entrySet().stream()
                .sorted((one, other) -> Double.compare(other.getValue(), one.getValue()))
                .forEach(each -> out.printf("%-40s %10.2f us%n", each.getKey(), each.getValue()));
    }

    /** As confirm detected types before. */
    private static String byTika(byte[] head, String filename) {
        MediaType shown = MediaType.parse(TIKA.detect(head));
        MediaType named = MediaType.parse(TIKA.detect(filename));
        return (REGISTRY.isSpecializationOf(named, shown) ? named : shown).toString();
    }

    private static Map<String, byte[]> usual() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] media = new Bytes().noise(20_000).toArray();
        files.put("photo.jpg", Bytes.join(MadeFiles.jpeg(), media));
        files.put("image.png", Bytes.join(MadeFiles.PNG, media));
        files.put("paper.pdf", Bytes.join(MadeFiles.pdf(0), media));
        files.put("film.mp4", Bytes.join(MadeMedia.mp4("isom", "vide", "soun"), media));
        files.put("archive.zip", MadeFiles.storedZip(media, "picture.jpg", "b"));
        files.put("notes.txt", Bytes.utf8("The quick brown fox jumps over the lazy dog, again.\n".repeat(400)));
        files.put("table.csv", Bytes.utf8("12,34,some words,2026-11-27\n".repeat(400)));
        files.put("sheet.xlsx", MadeFiles.xlsx());
        files.put("voice.webm", MadeMedia.matroska("webm", 2));
        files.put("song.mp3", Bytes.join(MadeMedia.mp3(true), media));
        files.put("japanese.csv", Bytes.text("商品,価格,イヤホン\r\n".repeat(500), "windows-31j"));
        files.put("noise.bin", media);
        return files;
    }

    private static Map<String, byte[]> hostile() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] entry = MadeFiles.storedZip(new byte[0], "a");
        files.put("ZIP of nothing but empty entries", repeat(Arrays.copyOf(entry, 31), 300));
        files.put(
                "ZIP whose lengths come later, full of P",
                Bytes.join(
                        new Bytes()
                                .hexadecimal("504B030414000800")
                                .zeros(18)
                                .u16le(1)
                                .u16le(0)
                                .ascii("a")
                                .toArray(),
                        repeat(Bytes.utf8("P"), 9000)));
        files.put("boxes within boxes", repeat(MadeMedia.box("moov", MadeMedia.trak("hint")), 20));
        files.put(
                "EBML of empty elements",
                Bytes.join(
                        new Bytes()
                                .hexadecimal("1A45DFA380 1853806701FFFFFFFFFFFFFF")
                                .toArray(),
                        repeat(Bytes.hex("EC80"), 4000)));
        files.put("OLE2 whose directory is a ring", MadeFiles.ole());
        files.put("SVG behind comments", Bytes.utf8("<?xml?>" + "<!---->".repeat(1200)));
        files.put("markup that never ends", Bytes.utf8("<!DOCTYPE a [".repeat(700)));
        files.put("nothing but escapes", repeat(Bytes.hex("1B24"), 4096));
        files.put("Windows-1252", Bytes.text("Größe und Maß, ".repeat(600), "windows-1252"));
        files.put("Shift_JIS", Bytes.text("商品の価格".repeat(900), "windows-31j"));
        files.put("UTF-16 without a mark", Bytes.text("漢字かな交じり文\n".repeat(500), "UTF-16LE"));
        files.put("noise", new Bytes().noise(9000).toArray());
        files.put("noise without controls", noiseOfText());
        files.put("zeros", new byte[9000]);
        files.put("NUL at the end of text", Bytes.join(Bytes.utf8("a".repeat(7000)), new byte[1500]));
        files.put("gzip of zeros", MadeFiles.gzip(new byte[5_000_000]));
        return files;
    }

    private static byte[] noiseOfText() {
        Random random = new Random(3);
        byte[] noise = new byte[9000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (32 + random.nextInt(224));
        }
        return noise;
    }

    private static byte[] repeat(byte[] part, int times) {
        byte[][] parts = new byte[times][];
        Arrays.fill(parts, part);
        return Bytes.join(parts);
    }

    private static byte[] head(byte[] file) {
        return Arrays.copyOf(file, Math.min(file.length, MediaTypes.HEAD_BYTES));
    }

    private void measure(Supplier<String> call, double[] nanos, double[] bytes, int round) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        long now = start;
        int calls = 0;
        while (now - start < NANOS_A_ROUND) {
            for (int i = 0; i < 20; i++) {
                sink += call.get().length();
            }
            calls += 20;
            now = System.nanoTime();
        }
        nanos[round] = (double) (now - start) / calls;
        bytes[round] = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / calls;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
