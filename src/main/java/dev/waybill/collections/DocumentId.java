package dev.waybill.collections;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** The id of a document, {@code doc_...}. A value of another form is reported as not found. */
public record DocumentId(@JsonValue String value) implements TextValue {

    private static final Pattern FORM = Pattern.compile("doc_[A-Za-z0-9_-]{1,64}");
    private static final int DIGITS = 24;

    public DocumentId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("document", value);
        }
    }

    /**
     * The id of the document at that index. It is derived, so that making it again replaces it.
     *
     * @param origin as in {@link ExtractedDocument#origin()}
     * @param source the blob or document that it was read from
     */
    public static DocumentId of(String origin, ObjectId object, String source, int index) {
        String key = String.join("/", origin, object.value(), source, String.valueOf(index));
        return new DocumentId("doc_" + DigestUtils.sha256Hex(key).substring(0, DIGITS));
    }

    @Override
    public String toString() {
        return value;
    }
}
