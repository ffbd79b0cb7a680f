package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Parses Azure's XML responses. They are untrusted: no entities, no DTDs. */
final class AzureXml {

    private static final XMLInputFactory FACTORY = factory();

    private AzureXml() {}

    /**
     * A page of a listing.
     *
     * @param blobs each by the paths of its elements, such as {@code Name} and {@code Properties/Etag}
     * @param next empty at the end
     */
    record Page(List<Map<String, String>> blobs, String next) {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** @throws SourceException when it is not a listing */
    static Page page(byte[] xml) {
        List<Map<String, String>> blobs = new ArrayList<>();
        Map<String, String> rest = items(xml, "EnumerationResults", "Blobs/Blob", blobs);
        if (rest == null) {
            throw new SourceException(
                    Diagnosis.BROKEN_LISTING,
                    "Azure Blob Storage answers with something that is no listing; see that the endpoint is one of its own");
        }
        return new Page(blobs, rest.getOrDefault("NextMarker", ""));
    }

    /** @throws SourceException when they cannot be read */
    static Map<String, String> tags(byte[] xml) {
        List<Map<String, String>> pairs = new ArrayList<>();
        if (items(xml, "Tags", "TagSet/Tag", pairs) == null) {
            throw new SourceException(
                    Diagnosis.UNSUPPORTED, "Azure Blob Storage answers with something that is no set of tags");
        }
        Map<String, String> tags = new LinkedHashMap<>();
        pairs.forEach(pair -> tags.put(pair.getOrDefault("Key", ""), pair.getOrDefault("Value", "")));
        return tags;
    }

    /**
     * Parses a document.
     *
     * @param item the path of the repeated element; each is added to {@code items}, by the paths of its elements
     * @return the other elements, by their paths; null when the document is another one, or invalid
     */
    private static @Nullable Map<String, String> items(
            byte[] xml, String root, String item, List<Map<String, String>> items) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            if (reader.nextTag() != XMLStreamConstants.START_ELEMENT
                    || !reader.getLocalName().equals(root)) {
                return null;
            }
            Map<String, String> rest = new HashMap<>();
            Map<String, String> into = rest;
            Deque<String> path = new ArrayDeque<>();
            StringBuilder text = new StringBuilder();
            boolean isEncoded = false;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        path.addLast(reader.getLocalName());
                        text.setLength(0);
                        isEncoded = "true".equals(reader.getAttributeValue(null, "Encoded"));
                        if (String.join("/", path).equals(item)) {
                            into = new HashMap<>();
                            items.add(into);
                            path.clear();
                        }
                    }
                    case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (path.isEmpty() && into != rest) {
                            into = rest;
                            path.addAll(List.of(item.split("/")));
                        }
                        if (!path.isEmpty()) {
                            into.putIfAbsent(String.join("/", path), isEncoded ? decode(text) : text.toString());
                            path.removeLast();
                        }
                        text.setLength(0);
                        isEncoded = false;
                    }
                    default -> {
                        // Irrelevant in Azure's responses.
                    }
                }
            }
            return rest;
        } catch (XMLStreamException none) {
            return null;
        }
    }

    /** Percent-encoded names, which XML cannot represent. */
    private static String decode(CharSequence text) {
        return URLDecoder.decode(text.toString().replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
