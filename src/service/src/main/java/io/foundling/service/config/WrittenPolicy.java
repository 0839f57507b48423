package io.foundling.service.config;

import java.util.Map;

/** One item of the policies as it was written: where it begins and its settings by path. */
record WrittenPolicy(Origin origin, Map<String, WrittenValue> settings) {}
