package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.waybill.platform.web.WireName;

/** What a property of a bucket's schema holds. Blob types are bytes; the rest describe metadata. */
public enum FieldType implements WireName {
    STRING(false),
    NUMBER(false),
    INTEGER(false),
    FLOAT(false),
    BOOLEAN(false),
    OBJECT(false),
    ARRAY(false),
    DATE(false),
    DATETIME(false),
    TEXT(true),
    IMAGE(true),
    AUDIO(true),
    VIDEO(true),
    PDF(true),
    EXCEL(true),
    JSON(true),
    BINARY(true),
    DOCUMENT(true);

    private final boolean blob;

    FieldType(boolean blob) {
        this.blob = blob;
    }

    public boolean isBlob() {
        return blob;
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
