import { relative, sep } from 'node:path'
import type { Command } from './command-line.ts'

export type AnnotationLevel = 'error' | 'warning' | 'notice'

/** What GitHub shows beside a run and in a pull request's files. */
export interface Annotation {
  level: AnnotationLevel
  message: string
  title?: string
  /** Relative to the workspace. */
  file?: string
  line?: number
  endLine?: number
  col?: number
  endColumn?: number
}

const perLevel = 10
const messageLength = 4096

/** The annotation that a command asks for, with places that make no sense left out as the runner does it. */
export function annotationOf(
  level: AnnotationLevel,
  { properties, data }: Command,
  workspace: string,
): Annotation {
  const { title, file } = properties
  return {
    level,
    message: data,
    ...(title !== undefined && { title }),
    ...(file !== undefined && { file: inWorkspace(file, workspace) }),
    ...placeOf(properties),
  }
}

/** Adds it when the step still may; GitHub keeps ten of each level and cuts long messages. */
export function addAnnotation(annotations: Annotation[], annotation: Annotation): void {
  if (annotations.filter(({ level }) => level === annotation.level).length >= perLevel) return
  annotations.push({ ...annotation, message: annotation.message.slice(0, messageLength) })
}

type Place = Pick<Annotation, 'line' | 'endLine' | 'col' | 'endColumn'>

function placeOf(properties: Readonly<Record<string, string>>): Place {
  const { endline, endcolumn } = properties
  const line = wholeNumber(properties.line) ?? wholeNumber(endline)
  if (line === undefined) return {}
  const endLine = wholeNumber(endline) ?? line
  if (endLine < line) return {}
  const col = wholeNumber(properties.col)
  const endColumn = wholeNumber(endcolumn)
  const columns = endLine === line && !(col !== undefined && endColumn !== undefined && endColumn < col)
  return {
    line,
    ...(endline !== undefined && { endLine }),
    ...(columns && col !== undefined && { col }),
    ...(columns && endColumn !== undefined && { endColumn }),
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

function inWorkspace(file: string, workspace: string): string {
  return file.startsWith(`${workspace}${sep}`) ? relative(workspace, file) : file
}
