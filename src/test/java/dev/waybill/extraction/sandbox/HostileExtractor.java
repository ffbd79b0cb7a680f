package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.FileExtractor;
import dev.waybill.extraction.SpooledFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does in a child process what the file says: harm, or a report of what is visible from within. */
public final class HostileExtractor implements FileExtractor {

    static final String NAME = "hostile";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takes(String mediaType) {
        return true;
    }

    @Override
    public void checkParameters(Map<String, Object> parameters) {}

    @Override
    public void extract(SpooledFile file, Map<String, Object> parameters, ExtractionSink sink) throws Exception {
        sink.document(Map.of("pid", ProcessHandle.current().pid()));
        switch (Files.readString(file.path())) {
            case "memory" -> useUpMemory();
            case "overflow" -> overflow(1);
            case "exit" -> Runtime.getRuntime().halt(7);
            case "never end" -> neverEnd();
            case "end the second time" -> {
                boolean first = new File((String) parameters.get("mark")).createNewFile();
                sink.document(Map.of("key", sink.store("a.bin", "application/octet-stream", new byte[] {1, 2, 3})));
                if (first) {
                    neverEnd();
                }
                sink.document(Map.of("key", sink.store("b.bin", "application/octet-stream", new byte[0])));
            }
            case "write" -> write(Files.createTempFile("hostile", ".bin"));
            case "print" -> {
                System.out.println("READY\0\0\0\0".repeat(100_000));
                System.err.println("an error".repeat(100_000));
            }
            case "leave behind" -> Files.writeString(Files.createTempFile("hostile", ".bin"), "secret");
            case "no room" -> throw new IOException("No space left on device");
            case "no class" -> throw new NoClassDefFoundError("a/parser/of/ours");
            case "huge attachment" -> sink.store("a.bin", "application/octet-stream", new byte[Frame.MAX_BODY]);
            case "what is there" -> {
                Map<String, Object> seen = new LinkedHashMap<>();
                seen.put("environment", Map.copyOf(System.getenv()));
                seen.put("command", ProcessHandle.current().info().commandLine().orElse(""));
                seen.put("halves", "a\ud83d");
                seen.put("numbers", List.of(1, 12_345_678_901L, 0.25, true, "ü🚚"));
                sink.document(seen);
            }
            default -> sink.document(Map.of("type", file.mediaType()));
        }
    }

    private static void useUpMemory() {
        List<long[]> all = new ArrayList<>();
        while (true) {
            all.add(new long[100_000]);
        }
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    private static void neverEnd() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void write(Path path) throws IOException {
        while (true) {
            Files.write(path, new byte[100_000], StandardOpenOption.APPEND);
        }
    }
}
