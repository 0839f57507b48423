package io.foundling.topology.lifecycle.naive;

/** The lifecycle rules by example, worked out by hand from the text: rules 1, 3 to 10 and 12, and the hold of section 5. */
public abstract class LifecycleRulesContract
        implements StatusRules, AttemptRules, MarkRules, TellingRules, ParentRules, ExtensionRules, MetadataRules {}
