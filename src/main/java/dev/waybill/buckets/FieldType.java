package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.json.WireName;
import org.jspecify.annotations.Nullable;

/** The type of a property of a bucket's schema. Blob types are files; the rest describe metadata. */
public enum FieldType implements WireName {
    STRING(null),
    NUMBER(null),
    INTEGER(null),
    FLOAT(null),
    BOOLEAN(null),
    OBJECT(null),
    ARRAY(null),
    DATE(null),
    DATETIME(null),
    TEXT(FileKind.TEXT),
    IMAGE(FileKind.IMAGE),
    AUDIO(FileKind.AUDIO),
    VIDEO(FileKind.VIDEO),
    PDF(FileKind.PDF),
    EXCEL(FileKind.EXCEL),
    JSON(FileKind.JSON),
    BINARY(FileKind.BINARY),
    DOCUMENT(FileKind.DOCUMENT);

    private final @Nullable FileKind kind;

    FieldType(@Nullable FileKind kind) {
        this.kind = kind;
    }

    /** The kind of files it takes; null when it describes metadata. */
    public @Nullable FileKind kind() {
        return kind;
    }

    public boolean isBlob() {
        return kind != null;
    }

    /** Whether a property of this type takes files of that media type. */
    public boolean takes(String mediaType) {
        return kind != null && kind.takes(mediaType);
    }

    @JsonCreator
    public static FieldType of(String wire) {
        for (FieldType type : values()) {
            if (type.wire().equals(wire)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown field type");
    }
}
