{{- define "foundling.name" -}}
{{- if contains "foundling" .Release.Name -}}{{ .Release.Name }}{{- else -}}{{ .Release.Name }}-foundling{{- end -}}
{{- end }}

{{/* What a pod is selected by; must never change. */}}
{{- define "foundling.selector" -}}
app.kubernetes.io/name: foundling
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "foundling.labels" -}}
{{ include "foundling.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* Pods of notify must not be taken for pods of the ledger. */}}
{{- define "foundling.notifySelector" -}}
app.kubernetes.io/name: foundling-notify
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "foundling.notifyLabels" -}}
{{ include "foundling.notifySelector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* The Secrets that notify needs, by name: those of the clients, and those of the receivers. */}}
{{- define "foundling.notifySecrets" -}}
{{- $names := list -}}
{{- range .Values.secrets -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- concat $names .Values.notify.secrets | uniq | toJson -}}
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
{{ merge $owned (deepCopy .Values.config) | toYaml }}
{{- end }}

{{- define "foundling.mountedConfigDirectory" -}}
{{ .Values.image.configDirectory }}/config
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
