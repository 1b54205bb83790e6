/** Findings about an image that was pushed and is not given all of its tags. */

export const tagBlocked = {
  code: 'tag-blocked',
  symptom: 'A tag could not be set',
  meaning:
    'The image is in the repository under its first tag, and Amazon ECR did not take another one. A repository with immutable tags never lets a tag name a second image.',
  cases: {
    fixed: {
      cause: 'The tag {tag} of {repository} is immutable and names another image',
      remedy: 'Leave {line} out of tags: an immutable tag names one image for good.',
    },
    moving: {
      cause: 'The tag {tag} of {repository} is immutable and names another image',
      remedy: 'Leave {line} out of tags, or exclude {tag} from the immutability of the repository.',
    },
    other: {
      cause: 'The tag {tag} of {repository} could not be set: {reason}',
      remedy: 'Run the step again, after what the reason names has been mended.',
    },
  },
} as const

export const vulnerableImage = {
  code: 'vulnerable-image',
  symptom: 'The scan found vulnerabilities',
  meaning:
    'Amazon ECR found vulnerabilities of the severity that fail-on-severity names, or worse. The image is there under its fixed tags, and no moving tag was moved; one that names it from an earlier run goes on to do so.',
  cases: {
    found: {
      cause: 'The scan found {vulnerabilities} in {image}',
      remedy:
        'Build a new commit on a base image that has the fixes, or raise fail-on-severity (now {limit}). A run of the same commit takes this image again; with if-exists: rebuild and pull: true it is built anew, where its tags can move.',
    },
  },
} as const
