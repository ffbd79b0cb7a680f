package dev.waybill.extraction;

import dev.waybill.extraction.ExtractionException.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.xml.sax.SAXException;

/** Extracts metadata of files under field names of our own, stable whatever the libraries call the same thing. */
final class FileDescription {

    private static final int TEXT_LIMIT = 10_000_000;
    private static final long ZIP_LIMIT = 64L * 1024 * 1024;

    /** What an archive may unfold to, however well it packs. */
    private static final long HARMLESS = 100L * 1024 * 1024;

    /** Text packs some ten times, rarely fifty; DEFLATE can do a thousand. */
    private static final long MOST_TIMES = 100;

    private static final int MAX_VALUE = 1_000;
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final DocumentReader reader;

    FileDescription(DocumentReader reader) {
        this.reader = reader;
    }

    /** All metadata of a file. */
    Map<String, Object> of(SpooledFile file) throws Exception {
        if (file.isText()) {
            return of(file, reader.read(file, TEXT_LIMIT));
        }
        Map<String, Object> fields = start(file);
        String type = file.mediaType();
        if (type.startsWith("image/")) {
            ImageMetadata.describe(file, fields);
        } else if (VideoDescription.knows(type)) {
            VideoDescription.describe(file, fields);
        } else if (type.startsWith("audio/")) {
            describeSound(file, fields);
        } else if (type.equals("application/zip") && file.sizeBytes() <= ZIP_LIMIT) {
            countEntries(file, fields);
        } else {
            putDocument(reader.describe(file), fields);
        }
        return fields;
    }

    /** The same of a document that was read already. */
    Map<String, Object> of(SpooledFile file, ReadDocument read) {
        Map<String, Object> fields = start(file);
        if (file.isText()) {
            putCounts(read.text(), fields);
        } else {
            putDocument(read.metadata(), fields);
        }
        return fields;
    }

    private static Map<String, Object> start(SpooledFile file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("media_type", file.mediaType());
        fields.put("size_bytes", file.sizeBytes());
        return fields;
    }

    private static void putCounts(String text, Map<String, Object> fields) {
        fields.put("characters", text.codePointCount(0, text.length()));
        fields.put("words", (int) WORD.matcher(text).results().count());
        fields.put("lines", (int) text.lines().count());
    }

    private void describeSound(SpooledFile file, Map<String, Object> fields)
            throws IOException, TikaException, SAXException {
        Metadata metadata = reader.describe(file);
        putDocument(metadata, fields);
        putText(metadata, "xmpDM:artist", "artist", fields);
        putText(metadata, "xmpDM:album", "album", fields);
        putNumber(metadata, "xmpDM:duration", "duration_seconds", fields);
        putWhole(metadata, "xmpDM:audioSampleRate", "sample_rate_hz", fields);
        if (!fields.containsKey("duration_seconds")) {
            describeSamples(file, fields);
        }
    }

    private static void describeSamples(SpooledFile file, Map<String, Object> fields) throws IOException {
        try {
            AudioFileFormat sound = AudioSystem.getAudioFileFormat(file.path().toFile());
            float rate = sound.getFormat().getFrameRate();
            if (sound.getFrameLength() > 0 && rate > 0) {
                fields.put("duration_seconds", round(sound.getFrameLength() / (double) rate));
            }
            fields.put("sample_rate_hz", Math.round(sound.getFormat().getSampleRate()));
            fields.put("channels", sound.getFormat().getChannels());
        } catch (UnsupportedAudioFileException e) {
            // One of the many kinds of sound that nothing here can read: its type and size are all there is to say.
            fields.putIfAbsent("size_bytes", file.sizeBytes());
        }
    }

    /** Nothing is unpacked; a bomb is detected by the sizes that its entries declare. */
    private static void countEntries(SpooledFile file, Map<String, Object> fields)
            throws IOException, ExtractionException {
        try (ZipFile zip = new ZipFile(file.path().toFile())) {
            long unpacked = zip.stream()
                    .mapToLong(entry -> Math.max(0, entry.getSize()))
                    .sum();
            if (unpacked > HARMLESS && unpacked > file.sizeBytes() * MOST_TIMES) {
                throw new ExtractionException(
                        Kind.TOO_MUCH,
                        "The archive unfolds to %d MB, more than %d times its size: such a one is made to do harm"
                                .formatted(unpacked >> 20, MOST_TIMES),
                        null);
            }
            fields.put("entries", zip.size());
        }
    }

    private static void putDocument(Metadata metadata, Map<String, Object> fields) {
        putWhole(metadata, "xmpTPg:NPages", "page_count", fields);
        if (!fields.containsKey("page_count")) {
            putWhole(metadata, "meta:page-count", "page_count", fields);
        }
        putWhole(metadata, "meta:slide-count", "slide_count", fields);
        putText(metadata, "dc:title", "title", fields);
        putText(metadata, "dc:creator", "author", fields);
        putText(metadata, "dc:language", "language", fields);
        putText(metadata, "dcterms:created", "created_at", fields);
        putText(metadata, "dcterms:modified", "modified_at", fields);
    }

    private static void putText(Metadata metadata, String from, String name, Map<String, Object> fields) {
        String value = metadata.get(from);
        if (value != null && !value.isBlank()) {
            String text = value.strip().replace('\0', '\uFFFD');
            fields.put(name, text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) : text);
        }
    }

    private static void putWhole(Metadata metadata, String from, String name, Map<String, Object> fields) {
        String value = metadata.get(from);
        if (value != null && value.matches("\\d{1,9}")) {
            fields.put(name, Integer.parseInt(value));
        }
    }

    private static void putNumber(Metadata metadata, String from, String name, Map<String, Object> fields) {
        String value = metadata.get(from);
        if (value != null && value.matches("\\d{1,9}(\\.\\d+)?")) {
            fields.put(name, round(Double.parseDouble(value)));
        }
    }

    /** To milliseconds: what is beyond is noise of the division. */
    static double round(double seconds) {
        return Math.round(seconds * 1_000) / 1_000.0;
    }
}
