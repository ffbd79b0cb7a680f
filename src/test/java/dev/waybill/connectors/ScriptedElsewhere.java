package dev.waybill.connectors;

import java.util.Map;

/** A scripted source for the contract tests. */
record ScriptedElsewhere(ScriptedSource script, Source source) implements SourceContract.Elsewhere {

    static ScriptedElsewhere create() {
        ScriptedSource script = new ScriptedSource();
        return new ScriptedElsewhere(script, script.open());
    }

    @Override
    public Source another() {
        return script.open();
    }

    @Override
    public String bucket() {
        return ScriptedSource.BUCKET;
    }

    @Override
    public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
        script.put(
                key,
                ScriptedFiles.Draft.of(ScriptedFiles.Content.of(bytes))
                        .metadata(metadata)
                        .tags(tags));
    }

    @Override
    public boolean putPacked(String key, byte[] bytes) {
        script.put(key, ScriptedFiles.Draft.of(ScriptedFiles.Content.of(bytes)).encoding("gzip"));
        return true;
    }

    @Override
    public void remove(String key) {
        script.remove(key);
    }
}
