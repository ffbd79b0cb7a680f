package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Message between the service and a child process: four bytes for the length, one for the kind, and the body of that
 * length. Nothing that is read this way creates an object of a class that the other side names.
 */
record Frame(Kind kind, byte[] body) {

    /** The kinds, in the order of their numbers on the wire. */
    enum Kind {
        /** The child has started. */
        READY,
        /** To the child: an {@link Order}. */
        OPEN,
        /** A document, as JSON. */
        DOCUMENT,
        /** An {@link Attachment}, answered by a {@link #KEY}. */
        STORE,
        /** To the child: the storage key of an attachment. */
        KEY,
        /** Everything was read. */
        DONE,
        /** Nothing can be made of the file: a {@link Refusal}. */
        REFUSED,
        /** The extractor failed by itself; the trace. */
        BROKEN,
        /** This machine's disk is full, which is no file's fault. */
        FULL
    }

    /**
     * A file to be opened.
     *
     * @param maxPixels images of more are not decoded
     */
    record Order(
            String extractor,
            String path,
            String filename,
            String mediaType,
            Map<String, Object> parameters,
            int maxPixels) {}

    /** Bytes that belong to a document. */
    record Attachment(String name, String contentType, byte[] bytes) {}

    /** Why nothing can be made of a file. */
    record Refusal(ExtractionException.Kind kind, String message) {}

    /** The longest body: a thumbnail of the largest size with no two pixels alike has less. */
    static final int MAX_BODY = 20 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final byte[] NOTHING = {};

    static Frame of(Kind kind) {
        return new Frame(kind, NOTHING);
    }

    static Frame of(Kind kind, String text) {
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    /** By way of a string: halves of characters become question marks, where JSON written as bytes would be refused. */
    static Frame ofJson(Kind kind, Object value) {
        return of(kind, JSON.writeValueAsString(value));
    }

    static Frame of(Attachment attachment) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(attachment.bytes().length + 256);
        try (DataOutputStream out = new DataOutputStream(body)) {
            out.writeUTF(attachment.name());
            out.writeUTF(attachment.contentType());
            out.write(attachment.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Frame(Kind.STORE, body.toByteArray());
    }

    Map<String, Object> fields() {
        return JSON.readValue(body, FIELDS);
    }

    <T> T json(Class<T> type) {
        return JSON.readValue(body, type);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Attachment attachment() {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
            return new Attachment(in.readUTF(), in.readUTF(), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the next frame.
     *
     * @return null when the other side ended between two frames
     * @throws IOException when it is longer than {@value #MAX_BODY}, of no known kind, or cut off
     */
    static @Nullable Frame read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int kind = in.readUnsignedByte();
        if (length < 0 || length > MAX_BODY || kind >= Kind.values().length) {
            throw new IOException("no frame: kind %d of %d bytes".formatted(kind, length));
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("a frame of %d bytes ends after %d".formatted(length, body.length));
        }
        return new Frame(Kind.values()[kind], body);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(body.length);
        out.writeByte(kind.ordinal());
        out.write(body);
        out.flush();
    }
}
