{{- define "foundling.name" -}}
{{- if contains "foundling" .Release.Name -}}{{ .Release.Name }}{{- else -}}{{ .Release.Name }}-foundling{{- end -}}
{{- end }}

{{/* What a pod is selected by; must never change. */}}
{{- define "foundling.selector" -}}
app.kubernetes.io/name: foundling
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* What runs, as a value of a label: the tag of the image, or the beginning of its digest. */}}
{{- define "foundling.version" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.digest | replace ":" "-" | trunc 19 | quote }}
{{- else -}}
{{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | trimAll "._-" | quote }}
{{- end -}}
{{- end }}

{{- define "foundling.labels" -}}
{{ include "foundling.selector" . }}
app.kubernetes.io/version: {{ include "foundling.version" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* Without a heap of its own a JVM takes a quarter of the limit, so every part is given. */}}
{{- define "foundling.memoryLimitMi" -}}
{{- $bounded := add .Values.memory.heapMi .Values.memory.rocksdbMi -}}
{{- $percent := div (add (mul $bounded .Values.memory.restPercent) 99) 100 -}}
{{- add $bounded (max $percent .Values.memory.restAtLeastMi) -}}
{{- end }}

{{- define "foundling.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* The variable that overrides a setting: FOUNDLING_RETENTION_COMPLETED for retention.completed. */}}
{{- define "foundling.variable" -}}
FOUNDLING_{{ regexReplaceAll "([a-z])([A-Z])" . "${1}_${2}" | replace "." "_" | upper }}
{{- end }}

{{- define "foundling.secretDirectory" -}}
{{ .root.Values.image.configDirectory }}/secrets/{{ .name }}
{{- end }}

{{/* The configuration file: what was given, and what the rest of the chart depends on. State is kept below the mount, which belongs
to root: Kafka Streams sets the modes of its directory at every start. */}}
{{- define "foundling.config" -}}
{{- $owned := dict
      "stateDirectory" (printf "%s/state" .Values.image.stateDirectory)
      "rocksdb" (dict "memory" (printf "%vMiB" .Values.memory.rocksdbMi))
      "http" (dict "host" "0.0.0.0" "port" .Values.image.port) -}}
{{- $defaults := dict -}}
{{- if or .Values.console.enabled .Values.intake.enabled -}}
{{- $console := dict "host" "0.0.0.0" "port" .Values.console.port -}}
{{- if and .Values.console.enabled (include "foundling.consoleKeepsFile" .) -}}
{{- $console = set $console "database" (printf "jdbc:sqlite:%s/console.db" .Values.image.stateDirectory) -}}
{{- end -}}
{{- $owned = set $owned "console" $console -}}
{{- end -}}
{{- if or (include "foundling.intakeSpools" .) (include "foundling.consoleSpools" .) -}}
{{- $defaults = dict "intake" (dict "spoolDirectory" (include "foundling.spoolDirectory" .)) -}}
{{- end -}}
{{ merge $owned (deepCopy .Values.config) $defaults | toYaml }}
{{- end }}

{{- define "foundling.mountedConfigDirectory" -}}
{{ .Values.image.configDirectory }}/config
{{- end }}

{{/* Where config.bridges finds the files of bridge.mappings. */}}
{{- define "foundling.mappingDirectory" -}}
{{ .Values.image.configDirectory }}/mappings
{{- end }}

{{/* Of what counts from the next start of a pod. Policies are read while it runs, so a change of them replaces no pod. */}}
{{- define "foundling.configChecksum" -}}
{{ omit (include "foundling.config" . | fromYaml) "policies" | toYaml | sha256sum }}
{{- end }}

{{/* How the names of all topics begin that config.sources does not name. */}}
{{- define "foundling.topicPrefix" -}}
{{- dig "topics" "prefix" "audit." .Values.config -}}
{{- end }}

{{/* The topics of files/topics.yaml, a copy of topology/topics.yaml that a test compares, under the configured prefix and with the configured sources, as JSON: {"topics": [...]}. */}}
{{- define "foundling.topics" -}}
{{- $declared := .Files.Get "files/topics.yaml" | fromYaml -}}
{{- $prefix := include "foundling.topicPrefix" . -}}
{{- $sources := .Values.config.sources | default (list (printf "%sevents" $prefix)) -}}
{{- $topics := list -}}
{{- range $declared.topics -}}
{{- $topic := . -}}
{{- if .source -}}
{{- range $sources -}}
{{- $topics = append $topics (set (deepCopy $topic) "name" .) -}}
{{- end -}}
{{- else -}}
{{- $topics = append $topics (set (deepCopy $topic) "name" (printf "%s%s" $prefix (trimPrefix "audit." .name))) -}}
{{- end -}}
{{- end -}}
{{- dict "topics" $topics | toJson -}}
{{- end }}

{{/* The source topics that bridges write into, as JSON: the first one unless they name another. */}}
{{- define "foundling.bridgeOutputs" -}}
{{- $sources := .Values.config.sources | default (list (printf "%sevents" (include "foundling.topicPrefix" .))) -}}
{{- $outputs := list -}}
{{- if .Values.bridge.enabled -}}
{{- range .Values.config.bridges -}}
{{- $outputs = append $outputs (.output | default (first $sources)) -}}
{{- end -}}
{{- end -}}
{{- toJson $outputs -}}
{{- end }}

{{/* Not empty if processes keep accepted events on a disk until the broker has them. */}}
{{- define "foundling.spools" -}}
{{- if eq "SPOOL" (upper (dig "intake" "durability" "" .Values.config)) -}}spool{{- end -}}
{{- end }}

{{/* Not empty if intake is enabled and does so. */}}
{{- define "foundling.intakeSpools" -}}
{{- if and .Values.intake.enabled (include "foundling.spools" .) -}}spool{{- end -}}
{{- end }}

{{/* Not empty if the console takes events, too. */}}
{{- define "foundling.consoleTakesEvents" -}}
{{- if and .Values.console.enabled (dig "intake" "enabled" false .Values.config) -}}events{{- end -}}
{{- end }}

{{/* Not empty if the console takes events and keeps them on a disk until the broker has them. */}}
{{- define "foundling.consoleSpools" -}}
{{- if and (include "foundling.consoleTakesEvents" .) (include "foundling.spools" .) -}}spool{{- end -}}
{{- end }}

{{/* The source topic that reported events go to, if any process takes them. */}}
{{- define "foundling.intakeTopic" -}}
{{- if or .Values.intake.enabled (include "foundling.consoleTakesEvents" .) -}}
{{- $sources := .Values.config.sources | default (list (printf "%sevents" (include "foundling.topicPrefix" .))) -}}
{{- dig "intake" "topic" (first $sources) .Values.config -}}
{{- end -}}
{{- end }}

{{/* Not empty if the console keeps its database in a file, on a volume of its own. */}}
{{- define "foundling.consoleKeepsFile" -}}
{{- if not (hasPrefix "jdbc:postgresql:" (dig "console" "database" "" .Values.config)) -}}file{{- end -}}
{{- end }}
